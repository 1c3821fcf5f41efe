package dev.lockstep.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Writers go first: who reads many rows pauses the more, the busier this node's writer is. While nobody writes, nobody
 * waits. Thread-safe, for one writer.
 */
@ApplicationScoped
public class ReaderThrottle {
    /** How long a reader pauses for each moment in which the writer was busy, too. */
    static final int PAUSES = 9;

    /** How long a reader gives way. After it he goes on without a pause: an old snapshot costs a writer more. */
    static final Duration GIVEN_MAX = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private final LongConsumer pause;
    private long writtenNanos;
    private long writingSince;
    private boolean isWriting;

    public ReaderThrottle() {
        this(System::nanoTime, LockSupport::parkNanos);
    }

    /** For tests, which bring a clock of their own. */
    ReaderThrottle(LongSupplier nanoTime, LongConsumer pause) {
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /** The writer writes. */
    public void write(Runnable group) {
        beginWrite();
        try {
            group.run();
        } finally {
            endWrite();
        }
    }

    private synchronized void beginWrite() {
        isWriting = true;
        writingSince = nanoTime.getAsLong();
    }

    private synchronized void endWrite() {
        isWriting = false;
        writtenNanos += nanoTime.getAsLong() - writingSince;
    }

    private synchronized long writtenUntil(long now) {
        return isWriting ? writtenNanos + Math.max(0, now - writingSince) : writtenNanos;
    }

    /** Somebody begins to read many rows. */
    public ThrottledRead read() {
        return new ThrottledRead(nanoTime.getAsLong());
    }

    /** One who reads many rows. Belongs to his thread. */
    public final class ThrottledRead {
        private final long started;
        private long writtenBefore;

        private ThrottledRead(long started) {
            this.started = started;
            this.writtenBefore = writtenUntil(started);
        }

        /** Blocks for a while, if somebody has been writing since the last time. To be called every few milliseconds. */
        public void pauseIfWriterIsBusy() {
            long now = nanoTime.getAsLong();
            long both = writtenUntil(now) - writtenBefore;
            long left = GIVEN_MAX.toNanos() - (now - started);
            if (both > 0 && left > 0) {
                pause.accept(Math.min(both * PAUSES, left));
            }
            writtenBefore = writtenUntil(nanoTime.getAsLong());
        }
    }
}
