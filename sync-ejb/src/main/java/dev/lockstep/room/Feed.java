package dev.lockstep.room;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What one follower has still to read, over all rooms it follows, in order of Seq. Used by one thread at a time.
 *
 * <p>Only commits up to the position that has been handed to all rooms are shown: otherwise one room's newer commit
 * could be seen before another's older one.
 */
public final class Feed {
    private final List<CommitRing.Cursor> cursors;
    private final AtomicLong handedOver;

    Feed(List<CommitRing.Cursor> cursors, AtomicLong handedOver) {
        this.cursors = List.copyOf(cursors);
        this.handedOver = handedOver;
    }

    /** What {@link #next} found. */
    public sealed interface Next {
        /** A commit to send. */
        record Ready(Delivery delivery) implements Next {}

        /** Nothing for now. */
        record Nothing() implements Next {}

        /** Commits were cut away unread: the follower cannot go on from here. */
        record FellBehind() implements Next {}
    }

    /** Takes the next commit. */
    public Next next() {
        long visible = handedOver.get(); // before the cursors are looked at
        CommitRing.@Nullable Cursor first = null;
        long firstSeq = Long.MAX_VALUE;
        for (CommitRing.Cursor cursor : cursors) {
            if (cursor.fellBehind()) {
                return new Next.FellBehind();
            }
            Delivery delivery = cursor.peek();
            if (delivery != null && delivery.seq().value() < firstSeq) {
                first = cursor;
                firstSeq = delivery.seq().value();
            }
        }
        if (first == null || firstSeq > visible) {
            return new Next.Nothing();
        }
        return first.take().<Next>map(Next.Ready::new).orElse(new Next.FellBehind()); // cut between the two looks
    }
}
