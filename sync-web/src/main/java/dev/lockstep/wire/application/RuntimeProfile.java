package dev.lockstep.wire.application;

import dev.lockstep.api.identity.DevelopmentOnly;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;

/** What a server is run for: {@code lockstep.profile} (environment: {@code LOCKSTEP_PROFILE}). */
public enum RuntimeProfile {
    /** For users. Nothing has a default credential. */
    PRODUCTION,
    /** For developers, on their own machine: there are credentials that everybody may know. */
    DEVELOPMENT;

    static final String NAME = "lockstep.profile";

    /**
     * What the configuration says; production, if nothing.
     *
     * @throws IllegalArgumentException if there is no such profile
     */
    public static RuntimeProfile of(Config config) {
        String wanted = config.getOptionalValue(NAME, String.class).orElse("production");
        for (RuntimeProfile each : values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(wanted)) {
                return each;
            }
        }
        throw new IllegalArgumentException(NAME + " is " + wanted + ": it must be production or development");
    }

    /** Whether this profile uses a bean of this class. */
    public boolean allows(Class<?> bean) {
        return this == DEVELOPMENT || !bean.isAnnotationPresent(DevelopmentOnly.class);
    }
}
