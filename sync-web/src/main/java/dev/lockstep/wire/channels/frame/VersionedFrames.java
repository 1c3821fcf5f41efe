package dev.lockstep.wire.channels.frame;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Seq;
import dev.lockstep.wire.channels.request.Limits;
import dev.lockstep.wire.json.JsonObject;
import dev.lockstep.wire.socket.Frame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Frames for clients since 2.0 (contract, generation C), with a fixed order of keys. Clients drop a frame with any other key.
 */
public final class VersionedFrames {
    private static final Map<String, String> UNKNOWN_ERROR = error("UnknownError", "Unknown error");

    private static final Refusal MALFORMED =
            new Refusal(ErrorCode.MALFORMED, "The mutation has a key or value that the protocol does not allow");

    private static final Refusal TOO_LONG = new Refusal(
            ErrorCode.TOO_LARGE, "The mutation has more than " + Limits.FRAME_BYTES_MAX + " bytes; make it shorter");

    private VersionedFrames() {}

    /** The answer to a ping. */
    public static Frame pong(Optional<String> nonce) {
        return frame(new JsonObject().with("type", "pong").with("nonce", nonce));
    }

    /**
     * The answer to a message that violates the contract.
     *
     * @param id the id of the mutation, if it has one
     */
    public static Frame malformed(Optional<String> id, boolean isTooLong) {
        return frame(new JsonObject()
                .with("type", "reject")
                .with("id", id)
                .with("error", id.isEmpty() ? UNKNOWN_ERROR : error(isTooLong ? TOO_LONG : MALFORMED)));
    }

    private static Frame frame(JsonObject members) {
        return new Frame(members.with("v", 1).toString());
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
        JsonObject members = new JsonObject()
                .with("type", "snapshot")
                .with("requestId", requestId)
                .with("channel", channel)
                .with("mode", page.isFull() ? "full" : "delta")
                .withJson("rows", "[" + page.rows() + "]");
        if (!page.gone().isEmpty()) {
            members.withJson(
                    "events",
                    page.gone().stream()
                            .map(row -> VersionedChanges.deleted(row.value()))
                            .toList());
        }
        members.with("cursor", page.cursor());
        if (page.hasMore()) {
            members.with("hasMore", true);
        }
        return frame(members.with("viewVersion", page.view()));
    }

    /**
     * The answer to an applied mutation.
     *
     * @param row the row after it; empty for a delete
     */
    public static Frame ack(String id, Optional<String> row, Seq position, boolean isReplayed) {
        return frame(new JsonObject()
                .with("type", "ack")
                .with("id", id)
                .withJson("data", row)
                .with("cursor", position)
                .with("revision", position)
                .with("replayed", isReplayed));
    }

    /** The answer to a refused mutation. */
    public static Frame reject(String id, String channel, Refusal refusal) {
        return frame(new JsonObject()
                .with("type", "reject")
                .with("id", id)
                .with("channel", channel)
                .with("error", error(refusal)));
    }

    /** The answer to a refused subscription. */
    public static Frame subscriptionRefused(String requestId, String channel, Refusal refusal) {
        return frame(new JsonObject()
                .with("type", "reject")
                .with("requestId", requestId)
                .with("channel", channel)
                .with("error", error(refusal)));
    }

    /** Makes the client drop its rows of a channel, and subscribe to it again. */
    public static Frame reset(String channel) {
        return frame(new JsonObject().with("type", "channel-reset").with("channel", channel));
    }

    /** The original server tells nothing of unknown channels and faults. */
    private static Map<String, String> error(Refusal refusal) {
        return refusal.code() == ErrorCode.UNKNOWN_COLLECTION || refusal.code() == ErrorCode.INTERNAL
                ? UNKNOWN_ERROR
                : error(code(refusal.code()), refusal.message());
    }

    private static Map<String, String> error(String code, String message) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        return error;
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
