package dev.lockstep.wire.socket;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * How sockets are written.
 *
 * @param writer {@code lockstep.socket.writer} (environment: {@code LOCKSTEP_SOCKET_WRITER}): {@code auto},
 *     {@code undertow} or {@code jakarta}
 * @param pace {@code lockstep.socket.pace}: how long a socket that wrote waits at most before it writes again, so that what
 *     comes meanwhile leaves with it; not on the portable API
 */
record SocketSettings(Writer writer, Duration pace) {
    static final String WRITER = "lockstep.socket.writer";
    static final String PACE = "lockstep.socket.pace";

    /** What holds where nothing is configured: the time that a screen shows one picture, at 60 a second. */
    static final Duration DEFAULT_PACE = Duration.ofMillis(16);

    /** More would be seen. */
    private static final Duration PACE_MAX = Duration.ofSeconds(1);

    /** @throws IllegalArgumentException if it is negative, or over a second */
    SocketSettings {
        if (pace.isNegative() || pace.compareTo(PACE_MAX) > 0) {
            throw new IllegalArgumentException(PACE + " is " + pace + ": it must be between PT0S and " + PACE_MAX);
        }
    }

    /** Which API frames leave through. */
    enum Writer {
        /** Undertow's where the server is Undertow, the portable one elsewhere. */
        AUTO,
        /** Undertow's own. On another server sockets are closed as a fault. */
        UNDERTOW,
        /** The portable one. */
        JAKARTA
    }

    static SocketSettings of(Config config) {
        return new SocketSettings(
                writer(config.getOptionalValue(WRITER, String.class)),
                config.getOptionalValue(PACE, Duration.class).orElse(DEFAULT_PACE));
    }

    /**
     * The writer that is configured.
     *
     * @throws IllegalArgumentException if there is no such writer
     */
    static Writer writer(Optional<String> setting) {
        String wanted = setting.orElse("auto");
        for (Writer each : Writer.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(wanted)) {
                return each;
            }
        }
        throw new IllegalArgumentException(WRITER + " is " + wanted + ": it must be auto, undertow or jakarta");
    }
}
