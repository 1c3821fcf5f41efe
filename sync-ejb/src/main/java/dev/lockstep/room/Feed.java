package dev.lockstep.room;

import dev.lockstep.api.CollectionName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final Optional<Set<CollectionName>> only;

    Feed(List<CommitRing.Cursor> cursors, AtomicLong handedOver) {
        this(cursors, handedOver, Optional.empty());
    }

    private Feed(List<CommitRing.Cursor> cursors, AtomicLong handedOver, Optional<Set<CollectionName>> only) {
        this.cursors = List.copyOf(cursors);
        this.handedOver = handedOver;
        this.only = only;
    }

    /** The same for somebody who knows only these collections; in place of this one, whose places it takes. */
    Feed only(Set<CollectionName> collections) {
        return new Feed(cursors, handedOver, Optional.of(Set.copyOf(collections)));
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

    /** Takes the next commit, of those in which there is something to see. */
    public Next next() {
        Next next = take();
        while (only.isPresent() && next instanceof Next.Ready ready) {
            Optional<Delivery> part = ready.delivery().of(only.get());
            if (part.isPresent()) {
                return new Next.Ready(part.get());
            }
            next = take();
        }
        return next;
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
            return new Next.Nothing();
        }
        return first.take().<Next>map(Next.Ready::new).orElse(new Next.FellBehind()); // cut between the two looks
    }
}
