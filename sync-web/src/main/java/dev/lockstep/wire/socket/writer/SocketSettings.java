package dev.lockstep.wire.socket.writer;

import dev.lockstep.configuration.RenamedSettings;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Settings of socket writes.
 *
 * @param writer the API that writes frames, {@code lockstep.socket.writer} (environment: {@code LOCKSTEP_SOCKET_WRITER}):
 *     {@code auto}, {@code undertow} or {@code jakarta}
 * @param writeCoalescing longest time that a busy socket waits between two writes, {@code lockstep.socket.write-coalescing}.
 *     Frames that arrive meanwhile leave in the same write. The portable API does not use it
 */
record SocketSettings(Writer writer, Duration writeCoalescing) {
    static final String WRITER = "lockstep.socket.writer";
    static final String WRITE_COALESCING = "lockstep.socket.write-coalescing";

    /** The default: the time that a screen shows one picture, at 60 a second. */
    static final Duration DEFAULT_WRITE_COALESCING = Duration.ofMillis(16);

    /** Users would notice a longer delay. */
    private static final Duration WRITE_COALESCING_MAX = Duration.ofSeconds(1);

    /** @throws IllegalArgumentException if the time is negative, or over a second */
    SocketSettings {
        if (writeCoalescing.isNegative() || writeCoalescing.compareTo(WRITE_COALESCING_MAX) > 0) {
            throw new IllegalArgumentException(WRITE_COALESCING + " is " + writeCoalescing
                    + ": it must be between PT0S and " + WRITE_COALESCING_MAX);
        }
    }

    /** The API that writes frames. */
    enum Writer {
        /** Undertow's where the server is Undertow, else the portable one. */
        AUTO,
        /** Undertow's own. Another server closes each socket with an internal error. */
        UNDERTOW,
        /** The portable one. */
        JAKARTA
    }

    static SocketSettings of(Config config) {
        return new SocketSettings(
                writer(config.getOptionalValue(WRITER, String.class)),
                RenamedSettings.find(config, WRITE_COALESCING, Duration.class).orElse(DEFAULT_WRITE_COALESCING));
    }

    /**
     * The configured writer.
     *
     * @throws IllegalArgumentException if there is no writer of this name
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
