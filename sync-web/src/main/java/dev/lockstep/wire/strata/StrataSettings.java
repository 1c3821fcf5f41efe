package dev.lockstep.wire.strata;

import dev.lockstep.wire.json.PlainJson;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of the Strata dialect.
 *
 * @param mutateBytesMax most bytes of a body of {@code mutate} that are read, {@code lockstep.strata.mutate-bytes-max}. Of a
 *     larger body the transactions within the limit are executed; a single larger transaction is refused
 */
record StrataSettings(int mutateBytesMax) {
    static final String MUTATE_BYTES_MAX = "lockstep.strata.mutate-bytes-max";

    /** The default: 100 transactions, the largest batch of the client, of 160 KiB each. */
    static final StrataSettings DEFAULTS = new StrataSettings(16 * 1024 * 1024);

    /** Largest limit: the most characters of queued mutations in the writer. */
    private static final int BYTES_MAX = 64 * 1024 * 1024;

    /** @throws IllegalArgumentException if the limit is below that of other bodies, or above that of the writer's queue */
    StrataSettings {
        if (mutateBytesMax < PlainJson.BODY_BYTES_MAX || mutateBytesMax > BYTES_MAX) {
            throw new IllegalArgumentException(MUTATE_BYTES_MAX + " is " + mutateBytesMax + ": it must be "
                    + PlainJson.BODY_BYTES_MAX + " to " + BYTES_MAX);
        }
    }

    /** The configured settings. */
    static StrataSettings of(Config config) {
        return new StrataSettings(
                config.getOptionalValue(MUTATE_BYTES_MAX, Integer.class).orElse(DEFAULTS.mutateBytesMax()));
    }
}
