package dev.lockstep.delivery;

import dev.lockstep.api.Seq;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The batches of this node's writer that may already be in the log and whose answers have not been sent. While there is
 * one, the log is read only up to the last answered position, so that answers precede frames. Thread-safe.
 */
final class AnnouncedBatches {
    private final AtomicInteger announced = new AtomicInteger();
    private final AtomicBoolean deferred = new AtomicBoolean();
    private final Runnable poll;
    private volatile Seq answered = Seq.START;

    /** @param poll requests another poll of the head; must not block */
    AnnouncedBatches(Runnable poll) {
        this.poll = poll;
    }

    /** A batch is about to be committed. Called before the commit, so that a reader of its commits counts it. */
    void announce() {
        announced.incrementAndGet();
    }

    /** All answers of batches up to this position have been sent. Called by the publisher thread, in order. */
    void answeredUpTo(Seq last) {
        answered = last;
    }

    /** An announced batch was published or withdrawn. A poll that it deferred is requested again. */
    void complete() {
        announced.decrementAndGet();
        if (deferred.getAndSet(false)) {
            poll.run();
        }
    }

    /**
     * How far the log may be read.
     *
     * @param head the end of the log; it must have been read before this is called
     */
    Seq readable(Seq head) {
        deferred.set(true); // before the count is read: a batch that completes after that requests a poll
        if (announced.get() == 0) {
            deferred.set(false);
            return head;
        }
        Seq last = answered;
        return last.isAfter(head) ? head : last;
    }
}
