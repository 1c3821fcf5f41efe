package dev.lockstep.wire.socket;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When one socket takes its turn to write: at once as a rule; once it has been busy for a while, at its pace, with what
 * comes meanwhile. A system call for each frame is most of what a frame costs. Thread-safe.
 */
final class WriteCoalescer {
    /**
     * Writes before a socket has to keep its pace. A flurry of changes is over by then, and its last one would have waited
     * for nothing: with ten of them at once before it, one reached 1,000 sockets 20 ms later than without a pace.
     */
    static final int FREE_WRITES = 16;

    /** After so many times its pace without a write a socket is not busy any more. */
    private static final int QUIET_PACES = 4;

    private final IoThreadWriteQueue turns;
    private final long paceNanos;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Runnable> soon = new AtomicReference<>();
    private volatile long wroteNanos;
    private volatile int writes;

    /** @param pace how long a socket that wrote waits at most before it writes again; none if zero */
    WriteCoalescer(IoThreadWriteQueue turns, Duration pace, LongSupplier nanos) {
        this.turns = turns;
        this.paceNanos = pace.toNanos();
        this.nanos = nanos;
        wroteNanos = nanos.getAsLong() - paceNanos;
    }

    /** The socket has something to write; not called again before it has taken its turn. */
    void add(Runnable turn) {
        long dueNanos = paceNanos - (nanos.getAsLong() - wroteNanos);
        if (writes < FREE_WRITES || dueNanos <= 0) {
            turns.add(turn);
        } else {
            soon.set(turn);
            turns.addSoon(this::flushNow, dueNanos);
        }
    }

    /** What waits for its turn takes it now. */
    void flushNow() {
        Runnable turn = soon.getAndSet(null);
        if (turn != null) {
            turns.add(turn);
        }
    }

    /** The socket has been written. */
    void recordWrite() {
        long now = nanos.getAsLong();
        writes = now - wroteNanos >= QUIET_PACES * paceNanos ? 1 : Math.min(writes + 1, FREE_WRITES);
        wroteNanos = now;
    }
}
