package dev.lockstep.wire.socket;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * How patient the server is with a socket. Sessions are looked after every 5 s: each of these may come so much later.
 *
 * @param pingEvery how often a session is asked whether it is still there, {@code lockstep.socket.ping-every}
 * @param silenceMax how long a session may say nothing, not even that it is there,
 *     {@code lockstep.socket.silence-max}. After it the socket is closed with {@link SocketSession#CLOSED_TOO_SLOW}
 * @param stallMax how long a session may make no progress, {@code lockstep.socket.stall-max}. After it the socket is
 *     closed with {@link SocketSession#CLOSED_TOO_SLOW}
 */
public record SocketLimits(Duration pingEvery, Duration silenceMax, Duration stallMax) {
    static final String PING_EVERY = "lockstep.socket.ping-every";
    static final String SILENCE_MAX = "lockstep.socket.silence-max";
    static final String STALL_MAX = "lockstep.socket.stall-max";

    /** Less, and a busy machine would take the living for dead. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** What holds where nothing is configured: two pings may be lost. */
    public static final SocketLimits DEFAULTS =
            new SocketLimits(Duration.ofSeconds(25), Duration.ofSeconds(60), Duration.ofSeconds(30));

    /** @throws IllegalArgumentException if one is under a second, or a client would be dead before it was asked */
    public SocketLimits {
        requireLeast(PING_EVERY, pingEvery);
        requireLeast(STALL_MAX, stallMax);
        if (silenceMax.compareTo(pingEvery.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(SILENCE_MAX + " is " + silenceMax + ": it must be twice " + PING_EVERY
                    + " at least, which is " + pingEvery);
        }
    }

    private static void requireLeast(String setting, Duration value) {
        if (value.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(setting + " is " + value + ": it must be " + LEAST + " at least");
        }
    }

    /** What the configuration says. */
    static SocketLimits of(Config config) {
        return new SocketLimits(
                config.getOptionalValue(PING_EVERY, Duration.class).orElse(DEFAULTS.pingEvery()),
                config.getOptionalValue(SILENCE_MAX, Duration.class).orElse(DEFAULTS.silenceMax()),
                config.getOptionalValue(STALL_MAX, Duration.class).orElse(DEFAULTS.stallMax()));
    }
}
