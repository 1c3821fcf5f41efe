package dev.lockstep.room;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last commits of a room, for all its followers. A follower's outbox is a cursor into it: a slow one costs no
 * memory, it falls off the end.
 *
 * <p>A chain of nodes. One thread appends and cuts; any thread reads through its own cursor, without a lock. Cutting
 * marks the node before the cut, so a cursor left behind sees that it was, and keeps nothing alive.
 */
final class CommitRing {
    private static final Node CUT = new Node(null);

    private final int commitsMax;
    private final long charactersMax;
    private Node oldest = new Node(null);
    private Node newest = oldest;
    private int commits;
    private long characters;

    private static final class Node {
        private final @Nullable Delivery delivery;
        private volatile @Nullable Node next;

        Node(@Nullable Delivery delivery) {
            this.delivery = delivery;
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

    void append(Delivery delivery) {
        Node node = new Node(delivery);
        newest.next = node;
        newest = node;
        commits++;
        characters += delivery.characters();
        while (commits > 1 && (commits > commitsMax || characters > charactersMax)) {
            cutOldest();
        }
    }

    private void cutOldest() {
        Node second = oldest.next;
        if (second == null || second.delivery == null) {
            throw new IllegalStateException("an empty ring has nothing to cut");
        }
        oldest.next = CUT;
        oldest = second;
        commits--;
        characters -= second.delivery.characters();
    }

    /** A cursor that has seen everything so far. Called by the thread that appends. */
    Cursor atEnd() {
        return new Cursor(newest);
    }

    /** One follower's place. Used by one thread at a time. */
    static final class Cursor {
        private Node seen;

        private Cursor(Node seen) {
            this.seen = seen;
        }

        /** Whether the next commit has been cut away unread. */
        boolean fellBehind() {
            return seen.next == CUT;
        }

        /** The next commit, if there is one; the cursor stays. */
        @Nullable
        Delivery peek() {
            Node next = seen.next;
            return next == null ? null : next.delivery;
        }

        /** Steps over the next commit and returns it; empty if there is none, or it has been cut away. */
        Optional<Delivery> take() {
            Node next = seen.next; // looked at once: the thread that appends may cut it at any moment
            if (next == null || next.delivery == null) {
                return Optional.empty();
            }
            seen = next;
            return Optional.of(next.delivery);
        }
    }
}
