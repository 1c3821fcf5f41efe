package dev.lockstep.wire.application;

import dev.lockstep.api.identity.DevelopmentOnly;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;

/** Purpose of a server: {@code lockstep.profile} (environment: {@code LOCKSTEP_PROFILE}). */
public enum RuntimeProfile {
    /** For users. There are no default credentials. */
    PRODUCTION,
    /** For a developer's own machine. Publicly known credentials are enabled. */
    DEVELOPMENT;

    static final String NAME = "lockstep.profile";

    /**
     * The configured profile; the default is production.
     *
     * @throws IllegalArgumentException if there is no profile of this name
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
