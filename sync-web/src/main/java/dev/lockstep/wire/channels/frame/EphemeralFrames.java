package dev.lockstep.wire.channels.frame;

import dev.lockstep.api.hook.EphemeralChannel.Message;
import dev.lockstep.wire.json.JsonObject;
import dev.lockstep.wire.socket.Frame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Frames of a channel whose rows are stored nowhere, for both generations. Positions, which clients since 2.0 need, are those
 * of the sender's choice: they only have to grow.
 */
public final class EphemeralFrames {
    private EphemeralFrames() {}

    /**
     * One change.
     *
     * @param action the name on the wire
     * @param position its position, for clients since 2.0
     */
    public record Change(String action, Message message, long position) {}

    /** One change, or a batch, for a client 1.x. */
    public static Frame unversioned(String channel, List<Change> changes, boolean isBatch) {
        JsonObject frame =
                new JsonObject().with("type", isBatch ? "batch" : "change").with("channel", channel);
        if (isBatch) {
            frame.with(
                    "changes",
                    changes.stream()
                            .map(each -> addMembers(new JsonObject(), each))
                            .toList());
        } else {
            addMembers(frame, changes.getFirst());
            if (changes.getFirst().message().isDelete()) {
                frame.withJson("data", UnversionedFrames.lastStamp("updatedAt"));
            }
        }
        return new Frame(frame.toString());
    }

    private static JsonObject addMembers(JsonObject object, Change change) {
        object.with("action", change.action()).with("key", change.message().key());
        return change.message().isDelete()
                ? object
                : object.with("data", change.message().data());
    }

    /** A change for a client since 2.0. */
    public static Frame versioned(String channel, Change change) {
        String key = change.message().key();
        String json = switch (change.action()) {
            case "delete" -> VersionedChanges.deleted(key);
            case "update" ->
                new JsonObject()
                        .with("kind", "patch")
                        .with("key", key)
                        .with("patch", change.message().data())
                        .toString();
            default -> {
                Map<String, @Nullable Object> row =
                        new LinkedHashMap<>(change.message().data());
                row.put("id", key);
                yield new JsonObject()
                        .with("kind", "full")
                        .with("key", key)
                        .with("row", row)
                        .toString();
            }
        };
        return new Frame(new JsonObject()
                .with("type", "change")
                .with("channel", channel)
                .withJson("change", json)
                .with("cursor", change.position())
                .with("revision", change.position())
                .with("v", 1)
                .toString());
    }

    /** The answer to a subscription of a client since 2.0. */
    public static Frame empty(String requestId, String channel, long position) {
        return VersionedFrames.snapshot(
                requestId,
                channel,
                new VersionedFrames.Page(true, "", List.of(), position, false, Optional.of("e" + position)));
    }
}
