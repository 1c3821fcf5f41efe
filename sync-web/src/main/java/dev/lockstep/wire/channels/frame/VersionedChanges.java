package dev.lockstep.wire.channels.frame;

import dev.lockstep.api.MutationId;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import dev.lockstep.room.Encoder;
import dev.lockstep.wire.channels.request.Limits;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.socket.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Encoder of a commit for clients since 2.0: one {@code change} for each action, whose position is cursor and revision.
 * Encoders of one channel are equal, so its subscriptions share the bytes.
 */
public record VersionedChanges(String channel) implements Encoder<List<Frame>> {
    @Override
    public List<Frame> encode(Commit commit) {
        List<Frame> frames = new ArrayList<>(commit.actions().size());
        for (Action action : commit.actions()) {
            LogEntry entry = action.entry();
            if (entry.kind() == LogEntry.Kind.WITHHELD
                    || !entry.kind().isOfRow()
                    || Limits.isLongId(entry.entityId())) {
                continue;
            }
            String json = "{\"type\":\"change\",\"channel\":" + PlainJson.quote(channel) + ",\"change\":"
                    + change(entry)
                    + ",\"cursor\":" + action.seq() + ",\"revision\":" + action.seq()
                    + entry.mutationId()
                            .filter(ChannelMutationIds::isOfDialect)
                            .map(MutationId::value)
                            .map(id -> ",\"mutationId\":" + PlainJson.quote(id))
                            .orElse("")
                    + ",\"v\":1}";
            frames.add(new Frame(json, action.seq()));
        }
        return frames;
    }

    /** A row that is too large for a frame leaves the client, because it would drop the frame and keep an earlier row. */
    private static String change(LogEntry entry) {
        String key = entry.entityId().value();
        if (entry.kind() == LogEntry.Kind.DELETE) {
            return deleted(key);
        }
        String row = entry.rowAfter().orElseThrow();
        return Limits.isLonger(row, Limits.ROW_BYTES_MAX) ? deleted(key) : full(key, row);
    }

    private static String full(String key, String row) {
        return "{\"kind\":\"full\",\"key\":" + PlainJson.quote(key) + ",\"row\":" + row + "}";
    }

    static String deleted(String key) {
        return "{\"kind\":\"delete\",\"key\":" + PlainJson.quote(key) + "}";
    }
}
