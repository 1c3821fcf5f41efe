package dev.lockstep.metrics;

import java.util.Locale;

/** The reason for which the server closed the socket of a session that did not keep up. */
public enum DisconnectReason {
    /** It had data to receive and made no progress for too long. */
    STALLED,
    /** Commits that it had not received were evicted from the room's ring. */
    FELL_BEHIND,
    /** It did not answer pings. */
    SILENT,
    /** More of its requests waited for answers than the server queues. */
    TOO_MANY_REQUESTS;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
