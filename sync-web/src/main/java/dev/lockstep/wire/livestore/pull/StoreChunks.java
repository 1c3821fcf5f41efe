package dev.lockstep.wire.livestore.pull;

import dev.lockstep.api.EntityId;
import dev.lockstep.event.EventSequence;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import dev.lockstep.room.Encoder;
import dev.lockstep.wire.livestore.rpc.ChunkWriter;
import dev.lockstep.wire.livestore.rpc.ChunkWriter.ChunkEvent;
import dev.lockstep.wire.socket.Frame;
import java.util.ArrayList;
import java.util.List;

/** Encoder of the commits of a store: the batches of live chunks, which all subscriptions of the store share. */
final class StoreChunks {
    /** The JSON arrays of a commit's events. {@link StoreSubscription#addressed} makes chunks of them. */
    static final Encoder<List<Frame>> BATCHES = StoreChunks::batches;

    private StoreChunks() {}

    private static List<Frame> batches(Commit commit) {
        List<ChunkEvent> events = new ArrayList<>();
        for (Action action : commit.actions()) {
            LogEntry entry = action.entry();
            if (entry.kind() == LogEntry.Kind.EVENTS) {
                entry.rowAfter().stream()
                        .flatMap(text -> EventSequence.split(text).stream())
                        .forEach(json -> events.add(new ChunkEvent(json, entry.stampMicros())));
            }
        }
        return events.isEmpty()
                ? List.of()
                : ChunkWriter.parts(events).stream()
                        .map(ChunkWriter::batch)
                        .map(Frame::new)
                        .toList();
    }

    /** Whether a commit has its events. That of an import has none: they are in the pages of the store. */
    static boolean hasEvents(Commit commit) {
        return commit.actions().stream()
                .map(Action::entry)
                .noneMatch(entry ->
                        entry.kind() == LogEntry.Kind.EVENTS && entry.rowAfter().isEmpty());
    }

    /** The ids of a commit's appends and resets. */
    static List<EntityId> appends(Commit commit) {
        return commit.actions().stream()
                .map(Action::entry)
                .filter(entry -> entry.kind() == LogEntry.Kind.EVENTS)
                .map(LogEntry::entityId)
                .toList();
    }
}
