package dev.lockstep.wire;

import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * How sockets are written.
 *
 * @param writer {@code lockstep.socket.writer} (environment: {@code LOCKSTEP_SOCKET_WRITER}): {@code auto},
 *     {@code undertow} or {@code jakarta}
 */
record SocketSettings(Writer writer) {
    /** The name of the setting. */
    static final String WRITER = "lockstep.socket.writer";

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
        return of(config.getOptionalValue(WRITER, String.class));
    }

    /**
     * What the configuration says.
     *
     * @throws IllegalArgumentException if there is no such writer
     */
    static SocketSettings of(Optional<String> setting) {
        String wanted = setting.orElse("auto");
        for (Writer each : Writer.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(wanted)) {
                return new SocketSettings(each);
            }
        }
        throw new IllegalArgumentException(WRITER + " is " + wanted + ": it must be auto, undertow or jakarta");
    }
}
