package dev.lockstep.wire.channels.frame;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Refusal;
import dev.lockstep.wire.json.JsonObject;
import dev.lockstep.wire.socket.Frame;
import java.util.List;
import java.util.Optional;

/** Frames for clients 1.x (contract, generation A), with a fixed order of keys. */
public final class UnversionedFrames {
    /** The answer to a ping; not JSON. */
    public static final Frame PONG = new Frame("pong");

    /** The text before a row in a batch. */
    public static final String ROW_BEFORE = "{\"action\":\"update\",\"data\":";

    /** The text after a row in a batch. */
    public static final String ROW_AFTER = "}";

    /** Later than the stamp of any row. */
    private static final String LAST_STAMP = "9999-12-31T23:59:59.999Z";

    private UnversionedFrames() {}

    /**
     * Rows of a channel. The first frame without {@code isDelta} makes the client drop all rows that it has.
     *
     * @param rows the rows as JSON, with commas between them
     */
    public static Frame snapshot(String channel, String rows, boolean isDelta) {
        return frame(of("snapshot", channel).withJson("data", "[" + rows + "]").with("isDelta", isDelta));
    }

    /**
     * Rows that are added to those of a snapshot, in one transaction of the client. It would put the rows of a second snapshot
     * one after another while it handles the frames that follow, and put a row that one of them has deleted.
     *
     * @param rows the rows as JSON, each in a {@link #ROW_BEFORE} and {@link #ROW_AFTER}, with commas between them
     */
    public static Frame rows(String channel, String rows) {
        return frame(of("batch", channel).withJson("changes", "[" + rows + "]"));
    }

    /** Deletes of rows, which a snapshot cannot tell. */
    public static Frame deletes(String channel, List<EntityId> rows) {
        List<JsonObject> changes = rows.stream()
                .map(row -> new JsonObject().with("action", "delete").with("key", row.value()))
                .toList();
        return frame(of("batch", channel).with("changes", changes));
    }

    /**
     * The delete of one row that a refused update names: the client would restore the row.
     *
     * @param stampKey the key of the rows' stamps
     */
    public static Frame deleted(String channel, String row, String stampKey) {
        return frame(
                of("change", channel).with("action", "delete").with("key", row).withJson("data", lastStamp(stampKey)));
    }

    /**
     * The {@code data} of a delete that makes the client read the row first, as it does for a change. It handles frames at the same
     * time: a delete without a stamp would overtake the change before it, and the row would come back.
     */
    static String lastStamp(String stampKey) {
        return new JsonObject().with(stampKey, LAST_STAMP).toString();
    }

    /** A row as it is, for a client that may have restored an earlier one. */
    public static Frame current(String channel, String key, String row) {
        return frame(
                of("change", channel).with("action", "update").with("key", key).withJson("data", row));
    }

    private static JsonObject of(String type, String channel) {
        return new JsonObject().with("type", type).with("channel", channel);
    }

    private static Frame frame(JsonObject members) {
        return new Frame(members.toString());
    }

    /**
     * The answer to an applied mutation.
     *
     * @param row the row after it; empty for a delete, because the client would store it
     */
    public static Frame ack(String id, Optional<String> row) {
        return frame(new JsonObject().with("type", "ack").with("id", id).withJson("data", row));
    }

    /** The answer to a refused mutation. */
    public static Frame reject(String id, Refusal refusal) {
        JsonObject members =
                new JsonObject().with("type", "reject").with("id", id).with("error", refusal.message());
        if (!refusal.issues().isEmpty()) {
            members.with(
                    "validationErrors",
                    refusal.issues().stream()
                            .map(issue ->
                                    new JsonObject().with("path", issue.path()).with("message", issue.message()))
                            .toList());
        }
        return frame(members);
    }

    /** The answer to a refused subscription. */
    public static Frame subscriptionRefused(Refusal refusal) {
        return reject("subscribe", new Refusal(refusal.code(), refusal.message()));
    }
}
