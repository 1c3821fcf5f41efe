package dev.lockstep.room;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A room's ring with one subscriber, for tests outside this package. */
public final class FeedFixture {
    private final CommitRing ring;
    private final AtomicLong handedOver = new AtomicLong();
    private final Feed feed;

    /** A feed that keeps this many commits. */
    public FeedFixture(int commitsMax) {
        ring = new CommitRing(commitsMax, Long.MAX_VALUE);
        feed = new Feed(List.of(ring.atEnd()), handedOver);
    }

    /** The start of a subscriber that joins here. */
    public RoomSubscriber.Joined joined() {
        return new RoomSubscriber.Joined(Seq.START, Map.of(), feed);
    }

    /** The start of a subscriber that joins now. */
    public RoomSubscriber.Joined joinedNow() {
        return new RoomSubscriber.Joined(
                new Seq(handedOver.get()), Map.of(), new Feed(List.of(ring.atEnd()), handedOver));
    }

    /** Commits and hands over the next commits, one action each. */
    public void append(int commits) {
        for (int i = 0; i < commits; i++) {
            append(() -> {});
        }
    }

    /**
     * Hands over the next commit.
     *
     * @param meanwhile runs while the room has the commit, and the node does not show it yet
     */
    public void append(Runnable meanwhile) {
        long seq = handedOver.get() + 1;
        ring.append(new EncodedCommit(commit(seq)));
        meanwhile.run();
        handedOver.set(seq);
    }

    /** The next commit inserts a row. */
    public void appendRow() {
        long seq = handedOver.get() + 1;
        ring.append(new EncodedCommit(commit(seq, LogEntry.Kind.INSERT, Optional.of("{}"))));
        handedOver.set(seq);
    }

    /**
     * Hands over the next commit of an event store.
     *
     * @param id of its action
     * @param events empty for a reset
     * @param meanwhile runs while the room has the commit, and the node does not show it yet
     */
    public void appendEvents(String id, Optional<String> events, Runnable meanwhile) {
        long seq = handedOver.get() + 1;
        ring.append(new EncodedCommit(commit(seq, new EntityId(id), LogEntry.Kind.EVENTS, events)));
        meanwhile.run();
        handedOver.set(seq);
    }

    private static Commit commit(long seq) {
        return commit(seq, LogEntry.Kind.DELETE, Optional.empty());
    }

    private static Commit commit(long seq, LogEntry.Kind kind, Optional<String> rowAfter) {
        return commit(seq, new EntityId("any"), kind, rowAfter);
    }

    private static Commit commit(long seq, EntityId id, LogEntry.Kind kind, Optional<String> rowAfter) {
        LogEntry entry = new LogEntry(
                new RoomId("workshop", "p1"),
                new CollectionName("tasks"),
                id,
                new LogEntry.RowChange(kind, rowAfter, Optional.empty()),
                false,
                seq,
                Optional.empty(),
                LogEntry.Origin.NONE);
        return new Commit(List.of(new Action(new Seq(seq), seq, entry)));
    }
}
