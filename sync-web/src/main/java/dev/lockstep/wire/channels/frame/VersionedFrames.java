package dev.lockstep.wire.channels.frame;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Seq;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.socket.Frame;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Frames for clients since 2.0 (contract, generation C), with a fixed order of keys. Clients drop a frame with any other key.
 */
public final class VersionedFrames {
    /** The answer to a message that violates the contract. */
    public static final Frame MALFORMED = new Frame("{\"type\":\"reject\",\"error\":" + unknownError() + ",\"v\":1}");

    private VersionedFrames() {}

    /** The answer to a ping. */
    public static Frame pong(Optional<String> nonce) {
        return new Frame("{\"type\":\"pong\""
                + nonce.map(value -> ",\"nonce\":" + PlainJson.quote(value)).orElse("") + ",\"v\":1}");
    }

    /**
     * One page of a channel.
     *
     * @param isFull whether the client drops the rows that it has
     * @param rows the rows as JSON, with commas between them
     * @param gone the rows that were deleted since the client's cursor
     * @param cursor the position of the client once it has the page
     * @param hasMore whether the client must ask for another page
     * @param view names what the client has; the client sends it with its cursor
     */
    public record Page(
            boolean isFull, String rows, List<EntityId> gone, long cursor, boolean hasMore, Optional<String> view) {
        public Page {
            gone = List.copyOf(gone);
        }
    }

    /** A page as the answer to a subscription. */
    public static Frame snapshot(String requestId, String channel, Page page) {
        String events = page.gone().stream()
                .map(row -> VersionedChanges.deleted(row.value()))
                .collect(Collectors.joining(","));
        return new Frame("{\"type\":\"snapshot\",\"requestId\":" + PlainJson.quote(requestId) + ",\"channel\":"
                + PlainJson.quote(channel) + ",\"mode\":\"" + (page.isFull() ? "full" : "delta") + "\",\"rows\":["
                + page.rows() + "]"
                + (events.isEmpty() ? "" : ",\"events\":[" + events + "]")
                + ",\"cursor\":" + page.cursor()
                + (page.hasMore() ? ",\"hasMore\":true" : "")
                + page.view()
                        .map(view -> ",\"viewVersion\":" + PlainJson.quote(view))
                        .orElse("")
                + ",\"v\":1}");
    }

    /**
     * The answer to an applied mutation.
     *
     * @param row the row after it; empty for a delete
     */
    public static Frame ack(String id, Optional<String> row, Seq position, boolean isReplayed) {
        return new Frame("{\"type\":\"ack\",\"id\":" + PlainJson.quote(id)
                + row.map(json -> ",\"data\":" + json).orElse("")
                + ",\"cursor\":" + position + ",\"revision\":" + position + ",\"replayed\":" + isReplayed
                + ",\"v\":1}");
    }

    /** The answer to a refused mutation. */
    public static Frame reject(String id, String channel, Refusal refusal) {
        return new Frame("{\"type\":\"reject\",\"id\":" + PlainJson.quote(id) + ",\"channel\":"
                + PlainJson.quote(channel) + ",\"error\":" + error(refusal) + ",\"v\":1}");
    }

    /** The answer to a refused subscription. */
    public static Frame subscriptionRefused(String requestId, String channel, Refusal refusal) {
        return new Frame("{\"type\":\"reject\",\"requestId\":" + PlainJson.quote(requestId) + ",\"channel\":"
                + PlainJson.quote(channel) + ",\"error\":" + error(refusal) + ",\"v\":1}");
    }

    /** Makes the client drop its rows of a channel, and subscribe to it again. */
    public static Frame reset(String channel) {
        return new Frame("{\"type\":\"channel-reset\",\"channel\":" + PlainJson.quote(channel) + ",\"v\":1}");
    }

    /** The original server tells nothing of unknown channels and faults. */
    private static String error(Refusal refusal) {
        return refusal.code() == ErrorCode.UNKNOWN_COLLECTION || refusal.code() == ErrorCode.INTERNAL
                ? unknownError()
                : "{\"code\":" + PlainJson.quote(code(refusal.code())) + ",\"message\":"
                        + PlainJson.quote(refusal.message()) + "}";
    }

    private static String unknownError() {
        return "{\"code\":\"UnknownError\",\"message\":\"Unknown error\"}";
    }

    /** The code as the name of an error class: {@code NotFound}. */
    private static String code(ErrorCode code) {
        if (code == ErrorCode.UNAUTHENTICATED) {
            return "Unauthorized";
        }
        StringBuilder name = new StringBuilder();
        for (String word : code.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return name.toString();
    }
}
