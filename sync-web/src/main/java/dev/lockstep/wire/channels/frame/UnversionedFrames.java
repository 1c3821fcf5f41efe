package dev.lockstep.wire.channels.frame;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Refusal;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.socket.Frame;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Frames for clients 1.x (contract, generation A), with a fixed order of keys. */
public final class UnversionedFrames {
    /** The answer to a ping; not JSON. */
    public static final Frame PONG = new Frame("pong");

    private UnversionedFrames() {}

    /**
     * Rows of a channel. The first frame without {@code isDelta} makes the client drop all rows that it has.
     *
     * @param rows the rows as JSON, with commas between them
     */
    public static Frame snapshot(String channel, String rows, boolean isDelta) {
        return new Frame("{\"type\":\"snapshot\",\"channel\":" + PlainJson.quote(channel) + ",\"data\":[" + rows
                + "],\"isDelta\":" + isDelta + "}");
    }

    /** Deletes of rows, which a snapshot cannot tell. */
    public static Frame deletes(String channel, List<EntityId> rows) {
        return new Frame(rows.stream()
                .map(row -> "{\"action\":\"delete\",\"key\":" + PlainJson.quote(row.value()) + "}")
                .collect(Collectors.joining(
                        ",", "{\"type\":\"batch\",\"channel\":" + PlainJson.quote(channel) + ",\"changes\":[", "]}")));
    }

    /** The delete of one row that a refused update names: the client would restore the row. */
    public static Frame deleted(String channel, String row) {
        return new Frame("{\"type\":\"change\",\"channel\":" + PlainJson.quote(channel)
                + ",\"action\":\"delete\",\"key\":" + PlainJson.quote(row) + "}");
    }

    /** A row as it is, for a client that may have restored an earlier one. */
    public static Frame current(String channel, String key, String row) {
        return new Frame("{\"type\":\"change\",\"channel\":" + PlainJson.quote(channel)
                + ",\"action\":\"update\",\"key\":" + PlainJson.quote(key) + ",\"data\":" + row + "}");
    }

    /**
     * The answer to an applied mutation.
     *
     * @param row the row after it; empty for a delete, because the client would store it
     */
    public static Frame ack(String id, Optional<String> row) {
        return new Frame("{\"type\":\"ack\",\"id\":" + PlainJson.quote(id)
                + row.map(json -> ",\"data\":" + json).orElse("") + "}");
    }

    /** The answer to a refused mutation. */
    public static Frame reject(String id, Refusal refusal) {
        String issues = refusal.issues().stream()
                .map(issue -> "{\"path\":" + PlainJson.quote(issue.path()) + ",\"message\":"
                        + PlainJson.quote(issue.message()) + "}")
                .collect(Collectors.joining(","));
        return new Frame("{\"type\":\"reject\",\"id\":" + PlainJson.quote(id) + ",\"error\":"
                + PlainJson.quote(refusal.message())
                + (issues.isEmpty() ? "" : ",\"validationErrors\":[" + issues + "]") + "}");
    }

    /** The answer to a refused subscription. */
    public static Frame subscriptionRefused(Refusal refusal) {
        return reject("subscribe", new Refusal(refusal.code(), refusal.message()));
    }
}
