package dev.lockstep.delivery;

import dev.lockstep.api.Seq;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The groups of this node's writer that may be in the log already, and whose answers have not been handed over. While there
 * is one, the log is read only as far as answers have been handed over, so that answers go before frames. Thread-safe.
 */
final class AnnouncedBatches {
    private final AtomicInteger announced = new AtomicInteger();
    private final AtomicBoolean putOff = new AtomicBoolean();
    private final Runnable look;
    private volatile Seq answered = Seq.START;

    /** @param look has the head looked at again; must not block */
    AnnouncedBatches(Runnable look) {
        this.look = look;
    }

    /** A group is about to be committed. Called before the commit, so that whoever sees its commits counts it. */
    void announce() {
        announced.incrementAndGet();
    }

    /** All answers of groups up to this position have been handed over. Called by the publisher thread, in order. */
    void answeredUpTo(Seq last) {
        answered = last;
    }

    /** An announced group has been handed over or withdrawn; a look that it kept from reading is made up for. */
    void complete() {
        announced.decrementAndGet();
        if (putOff.getAndSet(false)) {
            look.run();
        }
    }

    /**
     * How far the log may be read.
     *
     * @param head the end of the log; it must have been read before this is called
     */
    Seq readable(Seq head) {
        putOff.set(true); // before the count is read: a group that settles after that has the head looked at again
        if (announced.get() == 0) {
            putOff.set(false);
            return head;
        }
        Seq last = answered;
        return last.isAfter(head) ? head : last;
    }
}
