package dev.lockstep.collection;

import dev.lockstep.api.EntityId;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes ids for new rows: UUIDs of version 7 (RFC 9562, section 5.7, method 1), each greater than the one before, so
 * that an index over them grows at one end and rows of one mutation sort as they were sent. Thread-safe.
 */
public final class EntityIds {
    private static final int COUNTER_BITS = 12;

    private final InstantSource clock;
    private final RandomGenerator random;
    private long last;

    public EntityIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** An id that is greater than all before it. */
    public synchronized EntityId next() {
        // Milliseconds and counter as one number: when the counter runs over, the id is a millisecond ahead of the
        // clock.
        last = Math.max(last + 1, clock.millis() << COUNTER_BITS);
        long millis = last >>> COUNTER_BITS;
        long counter = last & ((1 << COUNTER_BITS) - 1);
        long high = (millis << 16) | (7L << COUNTER_BITS) | counter;
        long low = (random.nextLong() >>> 2) | (0b10L << 62);
        return new EntityId(new UUID(high, low).toString());
    }
}
