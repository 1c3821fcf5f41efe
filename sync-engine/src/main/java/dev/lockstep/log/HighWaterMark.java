package dev.lockstep.log;

import dev.lockstep.api.Seq;
import java.util.concurrent.atomic.AtomicLong;

/** The highest position that this node knows to be committed. A database with a lower head was restored. Thread-safe. */
public final class HighWaterMark {
    private final AtomicLong known = new AtomicLong();

    /** Everything up to this position is committed. */
    public void advanceTo(Seq position) {
        known.accumulateAndGet(position.value(), Math::max);
    }

    Seq position() {
        return new Seq(known.get());
    }
}
