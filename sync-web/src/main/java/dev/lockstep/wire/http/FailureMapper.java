package dev.lockstep.wire.http;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.DatabaseFailures;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/** Mapping of exceptions to the refusals that callers receive, in all dialects. Thread-safe. */
public final class FailureMapper {
    /** The header {@code Retry-After} of every 503 and 429. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** The refusal while the server accepts no more work. */
    private static final Refusal STOPPING =
            new Refusal(ErrorCode.UNAVAILABLE, "The server is stopping, or has too much to do; send the request again");

    private static final Logger LOG = System.getLogger(FailureMapper.class.getName());

    private FailureMapper() {}

    /**
     * The refusal that a caller receives. A fault is logged with its stack. A transient failure of the database is logged
     * without a stack, and not each time.
     *
     * @param what the failed action, for the log
     */
    public static Refusal refusal(String what, Throwable thrown) {
        Throwable cause = cause(thrown);
        if (cause instanceof SyncException refused) {
            return refused.refusal();
        }
        if (cause instanceof RejectedExecutionException) { // from the moment the server starts to stop
            LOG.log(Level.DEBUG, what, cause);
            return STOPPING;
        }
        if (DatabaseFailures.isTransient(cause)) {
            DatabaseFailures.report(what, cause);
            return DatabaseFailures.UNAVAILABLE;
        }
        LOG.log(Level.ERROR, what, cause);
        return new Refusal(ErrorCode.INTERNAL, "Internal error; the server's log has the cause");
    }

    /** The exception itself, without the wrappers of stages and executors. */
    public static Throwable cause(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
