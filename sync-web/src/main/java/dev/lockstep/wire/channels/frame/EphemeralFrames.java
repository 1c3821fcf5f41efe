package dev.lockstep.wire.channels.frame;

import dev.lockstep.api.hook.EphemeralChannel.Message;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.socket.Frame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
        String prefix = ",\"channel\":" + PlainJson.quote(channel) + ",";
        return new Frame(
                isBatch
                        ? changes.stream()
                                .map(each -> "{" + members(each) + "}")
                                .collect(
                                        Collectors.joining(",", "{\"type\":\"batch\"" + prefix + "\"changes\":[", "]}"))
                        : "{\"type\":\"change\"" + prefix + members(changes.getFirst()) + "}");
    }

    private static String members(Change change) {
        return "\"action\":" + PlainJson.quote(change.action()) + ",\"key\":"
                + PlainJson.quote(change.message().key())
                + (change.message().isDelete()
                        ? ""
                        : ",\"data\":" + PlainJson.write(change.message().data()));
    }

    /** A change for a client since 2.0. */
    public static Frame versioned(String channel, Change change) {
        String key = change.message().key();
        String json = switch (change.action()) {
            case "delete" -> VersionedChanges.deleted(key);
            case "update" ->
                "{\"kind\":\"patch\",\"key\":" + PlainJson.quote(key) + ",\"patch\":"
                        + PlainJson.write(change.message().data()) + "}";
            default -> {
                Map<String, @Nullable Object> row =
                        new LinkedHashMap<>(change.message().data());
                row.put("id", key);
                yield "{\"kind\":\"full\",\"key\":" + PlainJson.quote(key) + ",\"row\":" + PlainJson.write(row) + "}";
            }
        };
        return new Frame("{\"type\":\"change\",\"channel\":" + PlainJson.quote(channel) + ",\"change\":" + json
                + ",\"cursor\":" + change.position() + ",\"revision\":" + change.position() + ",\"v\":1}");
    }

    /** The answer to a subscription of a client since 2.0. */
    public static Frame empty(String requestId, String channel, long position) {
        return VersionedFrames.snapshot(
                requestId,
                channel,
                new VersionedFrames.Page(true, "", List.of(), position, false, Optional.of("e" + position)));
    }
}
