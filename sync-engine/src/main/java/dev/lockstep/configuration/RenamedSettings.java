package dev.lockstep.configuration;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.Config;

/**
 * Settings that had another name in an earlier version. The former name, and its environment variable, still count where
 * the present name is not set. The first use of each former name logs one warning. Thread-safe.
 */
public final class RenamedSettings {
    /** Former names, by present name. */
    private static final Map<String, String> FORMER_NAMES = Map.of(
            "lockstep.socket.write-coalescing", "lockstep.socket.pace",
            "lockstep.socket.ping-interval", "lockstep.socket.ping-every",
            "lockstep.socket.idle-timeout", "lockstep.socket.silence-max",
            "lockstep.socket.write-timeout", "lockstep.socket.stall-max");

    private static final Logger LOG = System.getLogger(RenamedSettings.class.getName());

    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private RenamedSettings() {}

    /**
     * The value of a setting, by its present name or its former one.
     *
     * @throws IllegalArgumentException if the value is not of this type
     */
    public static <T> Optional<T> find(Config config, String name, Class<T> type) {
        return config.getOptionalValue(name, type).or(() -> former(config, name, type));
    }

    private static <T> Optional<T> former(Config config, String name, Class<T> type) {
        String former = FORMER_NAMES.get(name);
        if (former == null) {
            return Optional.empty();
        }
        Optional<T> value = config.getOptionalValue(former, type);
        if (value.isPresent() && WARNED.add(former)) {
            LOG.log(
                    Level.WARNING,
                    "The setting {0} has a new name: {1} ({2}). Rename it.",
                    former,
                    name,
                    variable(name));
        }
        return value;
    }

    /** The environment variable of a setting (MicroProfile Config 3.1, "Environment Variables Mapping Rules"). */
    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
