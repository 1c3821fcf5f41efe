package dev.lockstep.trace;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;

/** Logs the steps of each mutation while {@code lockstep.debug} (environment: {@code LOCKSTEP_DEBUG}) is true. */
@ApplicationScoped
public class Trace {
    /** The name of the setting. */
    public static final String SETTING = "lockstep.debug";

    private static final Logger LOG = System.getLogger("dev.lockstep.trace");

    private boolean enabled;

    @PostConstruct
    void configure() {
        enabled = ConfigProvider.getConfig()
                .getOptionalValue(SETTING, Boolean.class)
                .orElse(false);
    }

    /** Whether steps are logged. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Logs a step, if steps are logged. The text must hold no payload and no token. */
    public void step(Supplier<String> text) {
        if (enabled) {
            LOG.log(Level.INFO, text);
        }
    }

    /** A duration for log lines: milliseconds with two decimals. */
    public static String millis(Duration time) {
        return "%.2f ms".formatted(time.toNanos() / 1e6);
    }
}
