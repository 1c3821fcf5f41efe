package dev.lockstep.wire.livestore;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A rate for each key (a token bucket that may go into debt): after a burst of {@link #BURST} of the rate, a key waits until
 * its use is within the rate again. Confined to one lock of its user.
 *
 * <p>Not of a library (ADR 0057): two limits are taken together or not at all, and a new key must displace the least recently
 * used one, or it would have no limit.
 *
 * @param <K> what is limited
 */
final class RateLimit<K> {
    /** How much of its rate a key may use at once after a pause. */
    static final Duration BURST = Duration.ofSeconds(10);

    /** Most keys that are remembered. The least recently used one is forgotten, and begins with a full burst again. */
    static final int KEYS_MAX = 20_000;

    private final long nanosPerUnit;

    /** The time up to which the rate of each key is used up, in {@link System#nanoTime}. */
    private final Map<K, Long> usedUpTo = new LinkedHashMap<>(16, 0.75F, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
            return size() > KEYS_MAX;
        }
    };

    /** @param unitsPerSecond the rate; 0 for no limit */
    RateLimit(int unitsPerSecond) {
        nanosPerUnit =
                unitsPerSecond == 0 ? 0 : Math.max(1, Duration.ofSeconds(1).toNanos() / unitsPerSecond);
    }

    /** How long a key must wait before its next use, in nanoseconds; 0 if it need not wait. */
    long waitNanos(K key, long nowNanos) {
        return nanosPerUnit == 0 ? 0 : Math.max(0, usedUpTo.getOrDefault(key, nowNanos) - nowNanos - BURST.toNanos());
    }

    /** A key uses some of its rate. */
    void use(K key, int units, long nowNanos) {
        if (nanosPerUnit > 0) {
            long from = usedUpTo.getOrDefault(key, nowNanos);
            usedUpTo.put(key, (from - nowNanos > 0 ? from : nowNanos) + units * nanosPerUnit);
        }
    }
}
