package dev.lockstep.collection.identifier;

import dev.lockstep.api.EntityId;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Generator of ids for new rows: UUIDs of version 7 (RFC 9562, section 5.7, method 1). Each is greater than the one before,
 * so an index grows at one end, and rows of one mutation sort in the order in which they were sent. Thread-safe.
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

    /** An id that is greater than all earlier ones. */
    public synchronized EntityId next() {
        // Milliseconds and counter form one number: if the counter overflows, the id is a millisecond ahead of the
        // clock.
        last = Math.max(last + 1, clock.millis() << COUNTER_BITS);
        long millis = last >>> COUNTER_BITS;
        long counter = last & ((1 << COUNTER_BITS) - 1);
        long high = (millis << 16) | (7L << COUNTER_BITS) | counter;
        long low = (random.nextLong() >>> 2) | (0b10L << 62);
        return new EntityId(new UUID(high, low).toString());
    }
}
