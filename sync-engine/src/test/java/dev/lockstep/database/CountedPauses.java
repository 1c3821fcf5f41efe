package dev.lockstep.database;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the pauses of readers, and never pauses. */
public final class CountedPauses {
    private final AtomicInteger pauses = new AtomicInteger();
    private final ReaderThrottle way = new ReaderThrottle(System::nanoTime, length -> pauses.incrementAndGet());

    public ReaderThrottle way() {
        return way;
    }

    public int count() {
        return pauses.get();
    }
}
