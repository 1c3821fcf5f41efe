package dev.lockstep.log;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * How the log is kept.
 *
 * @param retention how long actions stay, {@code lockstep.log.retention} (environment: {@code LOCKSTEP_LOG_RETENTION}),
 *     as ISO 8601: clients that were offline for longer read everything again
 */
public record LogSettings(Duration retention) {
    /** The name of the setting. */
    static final String RETENTION = "lockstep.log.retention";

    private static final Duration RETENTION_DEFAULT = Duration.ofDays(30);

    /** Less, and clients that reload a page could find their place pruned. */
    private static final Duration RETENTION_MIN = Duration.ofMinutes(1);

    /** @throws IllegalArgumentException if the retention is under a minute */
    public LogSettings {
        if (retention.compareTo(RETENTION_MIN) < 0) {
            throw new IllegalArgumentException(
                    RETENTION + " is " + retention + ": it must be " + RETENTION_MIN + " at least, 30 days are P30D");
        }
    }

    /** The configured settings. */
    public static LogSettings of(Config config) {
        return new LogSettings(
                config.getOptionalValue(RETENTION, Duration.class).orElse(RETENTION_DEFAULT));
    }
}
