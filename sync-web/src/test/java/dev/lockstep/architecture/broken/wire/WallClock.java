package dev.lockstep.architecture.broken.wire;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;

/** Reads the machine's clock. */
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

    @SuppressWarnings("JavaUtilDate") // the purpose of this class
    Date date() {
        return new Date();
    }

    long allowed() {
        return System.nanoTime();
    }
}
