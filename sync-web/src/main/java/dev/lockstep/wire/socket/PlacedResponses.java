package dev.lockstep.wire.socket;

import dev.lockstep.api.Seq;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;

/**
 * Responses with a place among the commits of one subscription: each leaves after all commits up to its place, those that the
 * client does not see included, and before the later ones. For contracts whose clients take what a response says for their
 * position. Each commit must be one frame that tells its position. Thread-safe; never blocks for longer than a few operations in
 * memory.
 */
public final class PlacedResponses {
    private final Queue<Waiting> waiting = new PriorityQueue<>();
    private final Set<Hold> holds = new HashSet<>();
    private long added;
    private Seq passed = Seq.START;
    private Seq known = Seq.START;

    /** Frames that leave together, and how many responses were added before. */
    private record Waiting(Seq place, long order, List<Frame> frames) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int places = place.compareTo(other.place);
            return places == 0 ? Long.compare(order, other.order) : places;
        }
    }

    /** Keeps commits back that a read which begins now may not see, until it is ended. */
    public final class Hold {
        private final Seq upTo;

        private Hold(Seq upTo) {
            this.upTo = upTo;
        }

        /** Commits are no longer kept back. More than once is the same as once. */
        public void end() {
            synchronized (PlacedResponses.this) {
                holds.remove(this);
            }
        }
    }

    /** Begins with the first frame of a subscription: the client has been sent everything up to a position. */
    public synchronized void begin(Seq from) {
        passed = from;
        known = later(known, from);
    }

    /**
     * Adds a response.
     *
     * @param place it leaves after the commits up to here
     * @param latest the position up to which its content is current
     * @param frames leave together
     * @return false if the client has been sent a later commit, so that the response would be outdated
     */
    public synchronized boolean add(Seq place, Seq latest, List<Frame> frames) {
        if (passed.isAfter(latest)) {
            return false;
        }
        known = later(known, place);
        waiting.add(new Waiting(place, added++, frames));
        return true;
    }

    /** How many responses wait. */
    public synchronized int size() {
        return waiting.size();
    }

    /** Keeps back, from now on, the commits that are not known to be committed yet. */
    public synchronized Hold hold() {
        Hold hold = new Hold(later(known, passed));
        holds.add(hold);
        return hold;
    }

    /** Hands the responses that wait over to those of another subscription, which begins in place of this one. */
    public synchronized PlacedResponses successor() {
        PlacedResponses next = new PlacedResponses();
        next.waiting.addAll(waiting);
        next.added = added;
        waiting.clear();
        return next;
    }

    /** Takes the frames that wait, in their order, whatever their place. */
    public synchronized List<Frame> takeAll() {
        List<Frame> left = new ArrayList<>();
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            left.addAll(next.frames());
        }
        return left;
    }

    /** Whether the frame of a commit may leave now; it counts as sent then. */
    synchronized boolean pass(Frame frame) {
        boolean mayPass = (waiting.isEmpty()
                        || !frame.position().isAfter(waiting.element().place()))
                && holds.stream().noneMatch(hold -> frame.position().isAfter(hold.upTo));
        if (mayPass) {
            passed = later(passed, frame.position());
        }
        return mayPass;
    }

    /** Moves the responses before the frame of a commit to others; false if there are none. */
    synchronized boolean moveBefore(Frame next, BlockingQueue<Frame> responses) {
        return move(next.position(), responses);
    }

    /** Moves the responses up to a position to others; false if there are none. */
    synchronized boolean moveUpTo(Seq reached, BlockingQueue<Frame> responses) {
        return move(reached.plus(1), responses);
    }

    private boolean move(Seq before, BlockingQueue<Frame> responses) {
        boolean isMoved = false;
        Waiting next = waiting.peek();
        while (next != null
                && before.isAfter(next.place())
                && responses.remainingCapacity() >= next.frames().size()) {
            responses.addAll(next.frames());
            waiting.remove();
            isMoved = true;
            next = waiting.peek();
        }
        return isMoved;
    }

    private static Seq later(Seq one, Seq other) {
        return other.isAfter(one) ? other : one;
    }
}
