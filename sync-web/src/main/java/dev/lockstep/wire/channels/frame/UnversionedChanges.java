package dev.lockstep.wire.channels.frame;

import dev.lockstep.api.MutationId;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import dev.lockstep.room.Encoder;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.socket.Frame;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Encoder of a commit for clients 1.x: a {@code change}, or a {@code batch} if there are several. Encoders of one channel are
 * equal, so its subscriptions share the bytes.
 *
 * @param stampKey the key of the rows' stamps
 */
public record UnversionedChanges(String channel, String stampKey) implements Encoder<List<Frame>> {
    @Override
    public List<Frame> encode(Commit commit) {
        List<LogEntry> entries = commit.actions().stream()
                .map(Action::entry)
                .filter(entry ->
                        entry.kind() != LogEntry.Kind.WITHHELD && entry.kind().isOfRow())
                .toList();
        if (entries.isEmpty()) {
            return List.of();
        }
        String json = entries.size() == 1
                ? "{\"type\":\"change\",\"channel\":" + PlainJson.quote(channel) + "," + change(entries.getFirst())
                        + stamp(entries.getFirst()) + mutationId(entries.getFirst()) + "}"
                : entries.stream()
                        .map(entry -> "{" + change(entry) + "}")
                        .collect(Collectors.joining(
                                ",",
                                "{\"type\":\"batch\",\"channel\":" + PlainJson.quote(channel) + ",\"changes\":[",
                                "]}"));
        return List.of(new Frame(json, commit.last()));
    }

    private static String change(LogEntry entry) {
        String key = "\"key\":" + PlainJson.quote(entry.entityId().value());
        return switch (entry.kind()) {
            case INSERT ->
                "\"action\":\"create\"," + key + ",\"data\":" + entry.rowAfter().orElseThrow();
            case UPDATE, ARCHIVE, UNARCHIVE ->
                "\"action\":\"update\"," + key + ",\"data\":" + entry.rowAfter().orElseThrow();
            case DELETE, RIGHTS, EVENTS, WITHHELD -> "\"action\":\"delete\"," + key;
        };
    }

    /** A delete that is a frame of its own follows the change before it. A batch is applied at once. */
    private String stamp(LogEntry entry) {
        return entry.kind() == LogEntry.Kind.DELETE ? ",\"data\":" + UnversionedFrames.lastStamp(stampKey) : "";
    }

    /** A delete carries none: its author would ignore the delete while it waits for the answer. */
    private static String mutationId(LogEntry entry) {
        return entry.kind() == LogEntry.Kind.DELETE
                ? ""
                : entry.mutationId()
                        .filter(ChannelMutationIds::isOfDialect)
                        .map(MutationId::value)
                        .map(id -> ",\"mutationId\":" + PlainJson.quote(id))
                        .orElse("");
    }
}
