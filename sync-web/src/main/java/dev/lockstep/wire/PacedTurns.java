package dev.lockstep.wire;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When one socket takes its turn to write: at once if it was quiet; if it wrote just now, soon, with what comes meanwhile.
 * A system call for each frame is most of what a frame costs. Thread-safe.
 */
final class PacedTurns {
    private final WritingTurns turns;
    private final long paceNanos;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Runnable> soon = new AtomicReference<>();
    private volatile long wroteNanos;

    /** @param pace how long a socket that wrote waits at most before it writes again; none if zero */
    PacedTurns(WritingTurns turns, Duration pace, LongSupplier nanos) {
        this.turns = turns;
        this.paceNanos = pace.toNanos();
        this.nanos = nanos;
        wroteNanos = nanos.getAsLong() - paceNanos;
    }

    /** The socket has something to write; not called again before it has taken its turn. */
    void add(Runnable turn) {
        if (nanos.getAsLong() - wroteNanos >= paceNanos) {
            turns.add(turn);
        } else {
            soon.set(turn);
            turns.addSoon(this::hurry);
        }
    }

    /** What waits for its turn takes it now. */
    void hurry() {
        Runnable turn = soon.getAndSet(null);
        if (turn != null) {
            turns.add(turn);
        }
    }

    /** The socket has been written. */
    void wrote() {
        wroteNanos = nanos.getAsLong();
    }
}
