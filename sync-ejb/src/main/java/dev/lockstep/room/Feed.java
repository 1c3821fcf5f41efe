package dev.lockstep.room;

import dev.lockstep.api.Seq;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one follower has still to read, over all rooms it follows, in order of Seq. Used by one thread at a time.
 *
 * <p>Only commits up to the position that has been handed to all rooms are shown: otherwise one room's newer commit
 * could be seen before another's older one.
 */
public final class Feed {
    private static final Visibility EVERYTHING = Visibility.of(Set.of(), Set.of(), Map.of());

    private final List<CommitRing.Cursor> cursors;
    private final AtomicLong handedOver;
    private final Supplier<Visibility> visibility;
    private long reached;

    Feed(List<CommitRing.Cursor> cursors, AtomicLong handedOver) {
        this(cursors, handedOver, () -> EVERYTHING);
    }

    private Feed(List<CommitRing.Cursor> cursors, AtomicLong handedOver, Supplier<Visibility> visibility) {
        this.cursors = List.copyOf(cursors);
        this.handedOver = handedOver;
        this.visibility = visibility;
    }

    /** The same for somebody with this sight, which is asked for anew each time; in place of this one, whose places it takes. */
    Feed withVisibility(Supplier<Visibility> somebody) {
        return new Feed(cursors, handedOver, somebody);
    }

    /** Whether {@link #next} asks read filters, which are application code and may block. */
    public boolean isFiltered() {
        return visibility.get().isFiltered();
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

    /** Takes the next commit, of those in which there is something to see: what is seen of it in all rooms, as one. */
    public Next next() {
        Visibility now = visibility.get();
        Next next = take();
        while (next instanceof Next.Ready ready) {
            List<Delivery> seen = new ArrayList<>(1);
            now.of(ready.delivery()).ifPresent(seen::add);
            while (next instanceof Next.Ready part && continuesCommit(part.delivery())) {
                next = take();
                if (next instanceof Next.Ready other) {
                    now.of(other.delivery()).ifPresent(seen::add);
                }
            }
            if (next instanceof Next.FellBehind || !seen.isEmpty()) {
                return next instanceof Next.Ready ? new Next.Ready(Delivery.joined(seen)) : next;
            }
            next = take();
            now = visibility.get();
        }
        return next;
    }

    /** Up to where there was nothing left to take when that was found last: of some of it perhaps nothing was seen. */
    public Seq reached() {
        return new Seq(reached);
    }

    /** Whether another of the rooms has the next part of the same commit. Parts of one commit stand side by side. */
    private boolean continuesCommit(Delivery part) {
        if (cursors.size() == 1 || part.endsCommit()) {
            return false;
        }
        for (CommitRing.Cursor cursor : cursors) {
            Delivery next = cursor.peek();
            if (next != null && next.isOfOneMutationWith(part)) {
                return true;
            }
        }
        return false;
    }

    private Next take() {
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
            reached = visible;
            return new Next.Nothing();
        }
        return first.take().<Next>map(Next.Ready::new).orElse(new Next.FellBehind()); // cut between the two looks
    }
}
