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
 * The commits that one subscriber has not read, over all its rooms, in order of Seq. Used by one thread at a time.
 *
 * <p>It ends at the position that was delivered to all rooms: otherwise a newer commit of one room could precede an older
 * one of another.
 */
public final class Feed {
    private static final Visibility EVERYTHING = Visibility.of(Set.of(), Set.of(), Map.of());

    private final List<CommitRing.Reader> readers;
    private final AtomicLong delivered;
    private final Supplier<Visibility> visibility;
    private long reached;

    Feed(List<CommitRing.Reader> readers, AtomicLong delivered) {
        this(readers, delivered, () -> EVERYTHING);
    }

    private Feed(List<CommitRing.Reader> readers, AtomicLong delivered, Supplier<Visibility> visibility) {
        this.readers = List.copyOf(readers);
        this.delivered = delivered;
        this.visibility = visibility;
    }

    /** The same feed with a visibility, which is queried before each commit. It replaces this one and shares its readers. */
    Feed withVisibility(Supplier<Visibility> newVisibility) {
        return new Feed(readers, delivered, newVisibility);
    }

    /** Whether {@link #next} runs read filters, which are application code and may block. */
    public boolean isFiltered() {
        return visibility.get().isFiltered();
    }

    /** The result of {@link #next}. */
    public sealed interface Next {
        /** A commit to send. */
        record Ready(EncodedCommit encoded) implements Next {}

        /** There is no commit at present. */
        record Nothing() implements Next {}

        /** Unread commits were evicted: the subscriber cannot continue from its cursor. */
        record FellBehind() implements Next {}
    }

    /** Takes the next commit of which a part is visible; its parts in several rooms are joined. */
    public Next next() {
        Visibility now = visibility.get();
        Next next = take();
        while (next instanceof Next.Ready ready) {
            List<EncodedCommit> seen = new ArrayList<>(1);
            now.of(ready.encoded()).ifPresent(seen::add);
            while (next instanceof Next.Ready part && continuesCommit(part.encoded())) {
                next = take();
                if (next instanceof Next.Ready other) {
                    now.of(other.encoded()).ifPresent(seen::add);
                }
            }
            if (next instanceof Next.FellBehind || !seen.isEmpty()) {
                return next instanceof Next.Ready ? new Next.Ready(EncodedCommit.joined(seen)) : next;
            }
            next = take();
            now = visibility.get();
        }
        return next;
    }

    /** The position up to which everything was read when the feed was last empty, invisible commits included. */
    public Seq reached() {
        return new Seq(reached);
    }

    /** Whether another room has the next part of the same commit. The parts of a commit are adjacent. */
    private boolean continuesCommit(EncodedCommit part) {
        if (readers.size() == 1 || part.endsCommit()) {
            return false;
        }
        for (CommitRing.Reader reader : readers) {
            EncodedCommit next = reader.peek();
            if (next != null && next.isOfOneMutationWith(part)) {
                return true;
            }
        }
        return false;
    }

    private Next take() {
        long visible = delivered.get(); // before the readers are read
        CommitRing.@Nullable Reader first = null;
        long firstSeq = Long.MAX_VALUE;
        for (CommitRing.Reader reader : readers) {
            if (reader.fellBehind()) {
                return new Next.FellBehind();
            }
            EncodedCommit encoded = reader.peek();
            if (encoded != null && encoded.seq().value() < firstSeq) {
                first = reader;
                firstSeq = encoded.seq().value();
            }
        }
        if (first == null || firstSeq > visible) {
            reached = visible;
            return new Next.Nothing();
        }
        return first.take().<Next>map(Next.Ready::new).orElse(new Next.FellBehind()); // evicted since peek
    }
}
