package dev.lockstep.wire.socket;

import dev.lockstep.api.SyncException;
import dev.lockstep.wire.http.FailureMapper;

/** Failures of checks of what a caller may read. */
final class RightsCheckFailures {
    /** The reason for closing a connection whose rights are unknown. */
    static final String RECONNECT = "the rights could not be checked; reconnect";

    private RightsCheckFailures() {}

    /** Logs a failure once, with its cause if it is a fault. */
    static void log(Throwable failure) {
        var unused = FailureMapper.refusal("Rights check failed; the socket is closed", failure);
    }

    /** Whether the access chain refused for good, and not only for the time being. */
    static boolean isPermanent(Throwable failure) {
        return FailureMapper.cause(failure) instanceof SyncException refused
                && !refused.refusal().code().retryable();
    }
}
