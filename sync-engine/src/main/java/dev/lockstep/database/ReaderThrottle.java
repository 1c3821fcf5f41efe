package dev.lockstep.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Priority of the writer over bulk readers: a reader of many rows pauses in proportion to the time in which this node's
 * writer was busy. While the writer is idle, readers do not pause. Thread-safe, for one writer.
 */
@ApplicationScoped
public class ReaderThrottle {
    /** Length of a reader's pause, as a multiple of the time in which the writer was busy. */
    static final int PAUSE_FACTOR = 9;
    /** Time after which a reader no longer pauses: an old snapshot costs the writer more. */
    static final Duration THROTTLED_MAX = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private final LongConsumer pause;
    private long writtenNanos;
    private long writingSince;
    private boolean isWriting;

    public ReaderThrottle() {
        this(System::nanoTime, LockSupport::parkNanos);
    }

    /** For tests, with a clock of their own. */
    ReaderThrottle(LongSupplier nanoTime, LongConsumer pause) {
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /** Runs a batch of the writer, and measures its time. */
    public void write(Runnable batch) {
        beginWrite();
        try {
            batch.run();
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

    /** Begins a bulk read. */
    public ThrottledRead read() {
        return new ThrottledRead(nanoTime.getAsLong());
    }

    /** One bulk read. Confined to its thread. */
    public final class ThrottledRead {
        private final long started;
        private long writtenBefore;

        private ThrottledRead(long started) {
            this.started = started;
            this.writtenBefore = writtenUntil(started);
        }

        /** Blocks for a while if the writer was busy since the last call. To be called every few milliseconds. */
        public void pauseIfWriterIsBusy() {
            long now = nanoTime.getAsLong();
            long busy = writtenUntil(now) - writtenBefore;
            long left = THROTTLED_MAX.toNanos() - (now - started);
            if (busy > 0 && left > 0) {
                pause.accept(Math.min(busy * PAUSE_FACTOR, left));
            }
            writtenBefore = writtenUntil(nanoTime.getAsLong());
        }
    }
}
