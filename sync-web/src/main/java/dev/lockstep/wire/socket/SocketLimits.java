package dev.lockstep.wire.socket;

import dev.lockstep.configuration.RenamedSettings;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * Timeouts of sockets. The server checks all sessions every 5 s, so each timeout may take effect up to 5 s late.
 *
 * @param pingInterval time between two pings, {@code lockstep.socket.ping-interval}
 * @param idleTimeout longest time without a message or a pong from the client, {@code lockstep.socket.idle-timeout}. After
 *     it the socket is closed with {@link ConnectionPolicy#CLOSED_TOO_SLOW}
 * @param writeTimeout longest time without progress of a write, {@code lockstep.socket.write-timeout}. After it the socket
 *     is closed with {@link ConnectionPolicy#CLOSED_TOO_SLOW}
 */
public record SocketLimits(Duration pingInterval, Duration idleTimeout, Duration writeTimeout) {
    static final String PING_INTERVAL = "lockstep.socket.ping-interval";
    static final String IDLE_TIMEOUT = "lockstep.socket.idle-timeout";
    static final String WRITE_TIMEOUT = "lockstep.socket.write-timeout";

    /** Shortest ping interval and write timeout. With less, a busy machine would close working clients. */
    private static final Duration TIMEOUT_MIN = Duration.ofSeconds(1);

    /** The defaults. Two pings may be lost. */
    public static final SocketLimits DEFAULTS =
            new SocketLimits(Duration.ofSeconds(25), Duration.ofSeconds(60), Duration.ofSeconds(30));

    /** @throws IllegalArgumentException if a value is under a second, or the idle timeout is under two ping intervals */
    public SocketLimits {
        requireMinimum(PING_INTERVAL, pingInterval);
        requireMinimum(WRITE_TIMEOUT, writeTimeout);
        if (idleTimeout.compareTo(pingInterval.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(IDLE_TIMEOUT + " is " + idleTimeout + ": it must be at least twice "
                    + PING_INTERVAL + ", which is " + pingInterval);
        }
    }

    private static void requireMinimum(String setting, Duration value) {
        if (value.compareTo(TIMEOUT_MIN) < 0) {
            throw new IllegalArgumentException(setting + " is " + value + ": it must be at least " + TIMEOUT_MIN);
        }
    }

    /** The configured limits. */
    static SocketLimits of(Config config) {
        return new SocketLimits(
                RenamedSettings.find(config, PING_INTERVAL, Duration.class).orElse(DEFAULTS.pingInterval()),
                RenamedSettings.find(config, IDLE_TIMEOUT, Duration.class).orElse(DEFAULTS.idleTimeout()),
                RenamedSettings.find(config, WRITE_TIMEOUT, Duration.class).orElse(DEFAULTS.writeTimeout()));
    }
}
