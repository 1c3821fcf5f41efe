package dev.lockstep.wire.socket.writer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when one socket is written: at once as a rule. While its I/O thread is busy, a socket that has been busy for a
 * while is written at most once per interval, together with the frames that arrive meanwhile, because the system call is
 * most of the cost of a frame. Thread-safe.
 */
final class WriteCoalescer {
    /**
     * Writes before coalescing begins. A short burst of changes is over by then, and its last change would wait for nothing:
     * measured, the last of ten changes at once reached 1,000 sockets 20 ms later with coalescing from the first write.
     */
    static final int FREE_WRITES = 16;

    /** A socket without a write for so many intervals is not busy any more. */
    private static final int QUIET_INTERVALS = 4;

    private final IoThreadWriteQueue queue;
    private final long intervalNanos;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Runnable> delayed = new AtomicReference<>();
    private volatile long wroteNanos;
    private volatile int writes;

    /** @param interval longest time that a busy socket waits between two writes; zero switches coalescing off */
    WriteCoalescer(IoThreadWriteQueue queue, Duration interval, LongSupplier nanos) {
        this.queue = queue;
        this.intervalNanos = interval.toNanos();
        this.nanos = nanos;
        wroteNanos = nanos.getAsLong() - intervalNanos;
    }

    /** The socket has something to write. Not called again before the write has begun. */
    void add(Runnable write) {
        long dueNanos = intervalNanos - (nanos.getAsLong() - wroteNanos);
        if (writes < FREE_WRITES || dueNanos <= 0 || !queue.isBusy()) {
            queue.add(write);
        } else {
            delayed.set(write);
            queue.addDelayed(this::flushNow, dueNanos);
        }
    }

    /** Begins a write that is delayed. */
    void flushNow() {
        Runnable write = delayed.getAndSet(null);
        if (write != null) {
            queue.add(write);
        }
    }

    /** A write has begun. */
    void recordWrite() {
        long now = nanos.getAsLong();
        writes = now - wroteNanos >= QUIET_INTERVALS * intervalNanos ? 1 : Math.min(writes + 1, FREE_WRITES);
        wroteNanos = now;
        queue.recordWrite();
    }
}
