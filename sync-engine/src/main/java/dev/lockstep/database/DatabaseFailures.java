package dev.lockstep.database;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Classification of failures: transient ones (the database cannot be reached, has no free connection, or another
 * transaction holds a lock) and permanent ones. Recognizes the exceptions of drivers, the pool, JPA and JTA by their
 * causes. Thread-safe.
 */
public final class DatabaseFailures {
    /** The refusal of a request after a transient failure. */
    public static final Refusal UNAVAILABLE =
            new Refusal(ErrorCode.UNAVAILABLE, "The database did not respond in time; send the request again");

    /** Shortest interval between two log lines of {@link #report}. Reports in between are counted in the next line. */
    static final Duration REPORT_INTERVAL = Duration.ofMinutes(1);

    /** Most causes of an exception that are examined. */
    private static final int CAUSES_MAX = 64;

    /**
     * Classes of SQLSTATE (ISO 9075-2 section 24.1; PostgreSQL's appendix A): connection, resources, operator, system,
     * transaction rolled back.
     */
    private static final Set<String> CLASSES = Set.of("08", "53", "57", "58", "40");

    /**
     * PostgreSQL's lock_not_available; H2's {@code ErrorCode}: lock timeout, concurrent update, database in use, connection
     * broken, database closed while the JVM ends, database closed, I/O error.
     */
    private static final Set<String> STATES =
            Set.of("55P03", "HYT00", "90131", "90020", "90067", "90098", "90121", "90028", "90031");

    private static final Logger LOG = System.getLogger(DatabaseFailures.class.getName());

    /** Most texts of {@link #report} that are counted separately. All others share one counter. */
    private static final int COUNTERS_MAX = 100;

    private static final ConcurrentMap<String, ReportCounter> COUNTERS = new ConcurrentHashMap<>();

    /** Counter of the failures of one operation since its last log line. */
    private static final class ReportCounter {
        private final AtomicLong count = new AtomicLong();
        private final AtomicLong nextNanos;

        ReportCounter(long nowNanos) {
            nextNanos = new AtomicLong(nowNanos);
        }

        /** Counts a failure, and returns the number for the log line that is due now; 0 if none is due. */
        long due(long nowNanos) {
            long counted = count.incrementAndGet();
            long due = nextNanos.get();
            if (nowNanos - due < 0 || !nextNanos.compareAndSet(due, nowNanos + REPORT_INTERVAL.toNanos())) {
                return 0;
            }
            count.addAndGet(-counted);
            return counted;
        }
    }

    private DatabaseFailures() {}

    /**
     * Runs a database operation, and turns its failure into a refusal.
     *
     * @param what the text for the log if it fails, for example {@code Request not read}
     * @throws SyncException as {@code UNAVAILABLE}, after a transient failure
     * @throws TransactionFailed after a permanent failure: a table or a right is missing
     */
    public static <T> T refusing(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (TransactionFailed e) {
            if (isTransient(e)) {
                report(what, e);
                throw new SyncException(UNAVAILABLE);
            }
            throw e;
        }
    }

    /** Whether the same operation may succeed later, without a change of the request, the code or the database. */
    public static boolean isTransient(Throwable failure) {
        boolean hasState = any(failure, cause -> cause instanceof SQLException sql && sql.getSQLState() != null);
        return hasState
                ? any(failure, cause -> cause instanceof SQLException sql && isTransient(sql))
                : any(failure, DatabaseFailures::isWithoutResponse);
    }

    private static boolean isTransient(SQLException sql) {
        String state = sql.getSQLState();
        return state != null
                && (sql instanceof SQLTransientException
                        || STATES.contains(state)
                        || CLASSES.contains(state.substring(0, Math.min(2, state.length()))));
    }

    /** The database has not responded: the pool has no connection, the time is up, or the connection broke at the commit. */
    private static boolean isWithoutResponse(Throwable cause) {
        return switch (cause) {
            case SQLException ofPool -> true;
            case TransactionFailed failed -> failed.inDoubt();
            case RollbackException rolledBack -> true;
            case HeuristicRollbackException rolledBack -> true;
            case HeuristicMixedException mixed -> true;
            default -> false;
        };
    }

    /** The driver's exception for a connection that it could not open; empty if the pool did not ask the driver. */
    static Optional<SQLException> ofDriver(SQLException failure) {
        SQLException[] found = new SQLException[1];
        any(failure, cause -> {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                found[0] = sql;
            }
            return found[0] != null;
        });
        return Optional.ofNullable(found[0]);
    }

    private static boolean any(Throwable failure, Predicate<Throwable> condition) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> next = new ArrayDeque<>();
        next.add(failure);
        while (!next.isEmpty() && seen.size() < CAUSES_MAX) {
            Throwable each = next.remove();
            if (seen.add(each)) {
                if (condition.test(each)) {
                    return true;
                }
                if (each.getCause() != null) {
                    next.add(each.getCause());
                }
                next.addAll(List.of(each.getSuppressed()));
            }
        }
        return false;
    }

    /**
     * Logs a transient failure: for each text one line per minute at most, without a stack trace, with the number of
     * failures since the last line.
     *
     * @param what the operation that failed, in the same words each time
     */
    public static void report(String what, Throwable failure) {
        if (isKnownOutage(failure)) {
            LOG.log(Level.DEBUG, what, failure);
            return;
        }
        long now = System.nanoTime();
        String key = COUNTERS.size() < COUNTERS_MAX || COUNTERS.containsKey(what) ? what : "";
        long count =
                COUNTERS.computeIfAbsent(key, absent -> new ReportCounter(now)).due(now);
        if (count > 0) {
            LOG.log(
                    Level.WARNING,
                    what + ": database failure (" + summary(failure) + "); the error is retryable"
                            + (count > 1 ? "; " + (count - 1) + " more since the last line" : ""));
        } else {
            LOG.log(Level.DEBUG, what, failure);
        }
    }

    /**
     * Logs a failure of a step that is tried again: a transient one with {@link #report(String, Throwable)}.
     *
     * @param otherwise receives any other failure
     */
    public static void report(String what, Throwable failure, Consumer<Throwable> otherwise) {
        if (isTransient(failure)) {
            report(what, failure);
        } else {
            otherwise.accept(failure);
        }
    }

    /** Whether {@link DatabaseAvailability} has logged the outage: this transaction did not request a connection. */
    private static boolean isKnownOutage(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
            if (cause instanceof DatabaseUnavailable) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /**
     * The driver's exception, otherwise the innermost cause, in one line: its type and state, and its message only if it
     * concerns the connection. Never a row's values.
     */
    static String summary(Throwable failure) {
        Throwable innermost = failure;
        for (int i = 0; innermost.getCause() != null && i < CAUSES_MAX; i++) {
            if (innermost instanceof SQLException sql && sql.getSQLState() != null) {
                break; // the driver's exception says more than its cause
            }
            innermost = innermost.getCause();
        }
        String type = innermost.getClass().getSimpleName();
        if (!(innermost instanceof SQLException sql) || sql.getSQLState() == null) {
            return type + ": " + innermost.getMessage();
        }
        String state = type + ", SQLSTATE " + sql.getSQLState();
        boolean concernsConnection = sql.getSQLState().matches("(08|28|3D|53|57P).*");
        return concernsConnection ? state + ": " + firstLine(String.valueOf(sql.getMessage())) : state;
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
