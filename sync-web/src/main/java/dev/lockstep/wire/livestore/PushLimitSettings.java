package dev.lockstep.wire.livestore;

import org.eclipse.microprofile.config.Config;

/**
 * Settings of the rate limits of pushes.
 *
 * @param clientEventsPerSecond most events of one client a second, in the long run:
 *     {@code lockstep.livestore.client-events-per-second}; 0 for no limit, the default
 * @param storeEventsPerSecond most events of one store a second, in the long run:
 *     {@code lockstep.livestore.store-events-per-second}; 0 for no limit, the default
 */
record PushLimitSettings(int clientEventsPerSecond, int storeEventsPerSecond) {
    static final String CLIENT_EVENTS_PER_SECOND = "lockstep.livestore.client-events-per-second";
    static final String STORE_EVENTS_PER_SECOND = "lockstep.livestore.store-events-per-second";

    /** @throws IllegalArgumentException if a limit is negative */
    PushLimitSettings {
        require(CLIENT_EVENTS_PER_SECOND, clientEventsPerSecond);
        require(STORE_EVENTS_PER_SECOND, storeEventsPerSecond);
    }

    private static void require(String name, int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException(name + " is " + limit + ": it must be 0, for no limit, or more");
        }
    }

    /** The configured settings. */
    static PushLimitSettings of(Config config) {
        return new PushLimitSettings(
                config.getOptionalValue(CLIENT_EVENTS_PER_SECOND, Integer.class).orElse(0),
                config.getOptionalValue(STORE_EVENTS_PER_SECOND, Integer.class).orElse(0));
    }
}
