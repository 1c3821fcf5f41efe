package dev.lockstep.room;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last commits of a room, for all its subscribers. A subscriber's outbox is a cursor into the ring: a slow one costs no
 * memory, it falls off the end.
 *
 * <p>A linked list. One thread appends and evicts; any thread reads through its own cursor, without a lock. Eviction marks
 * the node before it, so a cursor that fell behind detects it, and keeps no evicted commits in memory.
 */
final class CommitRing {
    private static final Node EVICTED = new Node(null);

    private final int commitsMax;
    private final long charactersMax;
    private Node oldest = new Node(null);
    private Node newest = oldest;
    private int commits;
    private long characters;

    private static final class Node {
        private final @Nullable EncodedCommit encoded;
        private volatile @Nullable Node next;

        Node(@Nullable EncodedCommit encoded) {
            this.encoded = encoded;
        }
    }

    /**
     * An empty ring.
     *
     * @param commitsMax how many commits are kept
     * @param charactersMax how many characters of JSON are kept; the newest commit is kept whatever its size
     */
    CommitRing(int commitsMax, long charactersMax) {
        this.commitsMax = commitsMax;
        this.charactersMax = charactersMax;
    }

    void append(EncodedCommit encoded) {
        Node node = new Node(encoded);
        newest.next = node;
        newest = node;
        commits++;
        characters += encoded.characters();
        while (commits > 1 && (commits > commitsMax || characters > charactersMax)) {
            evictOldest();
        }
    }

    private void evictOldest() {
        Node second = oldest.next;
        if (second == null || second.encoded == null) {
            throw new IllegalStateException("an empty ring has nothing to evict");
        }
        oldest.next = EVICTED;
        oldest = second;
        commits--;
        characters -= second.encoded.characters();
    }

    /** A cursor that has seen everything so far. Called by the thread that appends. */
    Reader atEnd() {
        return new Reader(newest);
    }

    /** The position of one subscriber. Used by one thread at a time. */
    static final class Reader {
        private Node seen;

        private Reader(Node seen) {
            this.seen = seen;
        }

        /** Whether the next commit was evicted unread. */
        boolean fellBehind() {
            return seen.next == EVICTED;
        }

        /** The next commit, if there is one; the cursor stays. */
        @Nullable
        EncodedCommit peek() {
            Node next = seen.next;
            return next == null ? null : next.encoded;
        }

        /** Takes the next commit; empty if there is none, or it was evicted. */
        Optional<EncodedCommit> take() {
            Node next = seen.next; // read once: the appending thread may evict it at any moment
            if (next == null || next.encoded == null) {
                return Optional.empty();
            }
            seen = next;
            return Optional.of(next.encoded);
        }
    }
}
