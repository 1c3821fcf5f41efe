package dev.lockstep.metrics;

import java.util.Locale;

/** Why the server ended a session that did not keep up. */
public enum DisconnectReason {
    /** It had something to send, and made no progress for too long. */
    STALLED,
    /** What it had still to read was cut away. */
    FELL_BEHIND,
    /** It did not answer pings. */
    SILENT,
    /** More waited of what it asked for than is kept. */
    ASKED_TOO_FAST;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
