package dev.lockstep.architecture.broken.wire;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;

/** Asks the machine for the time. */
class WallClock {
    Instant instant() {
        return Instant.now();
    }

    InstantSource source() {
        return InstantSource.system();
    }

    long millis() {
        return System.currentTimeMillis();
    }

    @SuppressWarnings("JavaUtilDate") // that is the point
    Date date() {
        return new Date();
    }

    long allowed() {
        return System.nanoTime();
    }
}
