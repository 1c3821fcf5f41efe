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
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tells failures that pass by themselves from faults: the database cannot be reached, has no room for one more connection,
 * or another transaction was in the way. Knows the exceptions of drivers, the pool, JPA and JTA by their causes.
 * Thread-safe.
 */
public final class DatabaseFailures {
    /** For who asked something that the database could not do for now. */
    public static final Refusal UNAVAILABLE =
            new Refusal(ErrorCode.UNAVAILABLE, "The database did not answer in time; send the same again");

    /** How often {@link #report} writes a line. Reports in between are counted, and told with the next line. */
    static final Duration REPORT_EVERY = Duration.ofMinutes(1);

    /** Causes that are looked at. A longer chain is cut. */
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

    /** Most texts of {@link #report} that are counted apart. Others are counted together. */
    private static final int REPORTED_APART_MAX = 100;

    private static final ConcurrentMap<String, Reported> REPORTED = new ConcurrentHashMap<>();

    /** How often one thing was not done since its last line. */
    private static final class Reported {
        private final AtomicLong count = new AtomicLong();
        private final AtomicLong nextNanos;

        Reported(long nowNanos) {
            nextNanos = new AtomicLong(nowNanos);
        }

        /** How many are told with the line that is due now; 0 if none is. */
        long due(long nowNanos) {
            long counted = count.incrementAndGet();
            long due = nextNanos.get();
            if (nowNanos - due < 0 || !nextNanos.compareAndSet(due, nowNanos + REPORT_EVERY.toNanos())) {
                return 0;
            }
            count.addAndGet(-counted);
            return counted;
        }
    }

    private DatabaseFailures() {}

    /**
     * The operation at the database.
     *
     * @param what was not done, for the log
     * @throws SyncException as {@code UNAVAILABLE}, if it failed in a way that passes by itself
     * @throws TransactionFailed if it failed for good: a table or a right is missing
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

    /** Whether the same may succeed a little later, without a change of the request, the code or the database. */
    public static boolean isTransient(Throwable failure) {
        boolean hasState = any(failure, cause -> cause instanceof SQLException sql && sql.getSQLState() != null);
        return hasState
                ? any(failure, cause -> cause instanceof SQLException sql && isTransient(sql))
                : any(failure, DatabaseFailures::isWithoutAnswer);
    }

    private static boolean isTransient(SQLException sql) {
        String state = sql.getSQLState();
        return state != null
                && (sql instanceof SQLTransientException
                        || STATES.contains(state)
                        || CLASSES.contains(state.substring(0, Math.min(2, state.length()))));
    }

    /** The database has said nothing: the pool has no connection, the time was up, or the connection broke at the commit. */
    private static boolean isWithoutAnswer(Throwable cause) {
        return switch (cause) {
            case SQLException ofPool -> true;
            case TransactionFailed failed -> failed.inDoubt();
            case RollbackException rolledBack -> true;
            case HeuristicRollbackException rolledBack -> true;
            case HeuristicMixedException mixed -> true;
            default -> false;
        };
    }

    /** The driver's words for a connection that it could not open; empty if it was not asked. */
    static Optional<SQLException> ofDriver(SQLException notLent) {
        SQLException[] found = new SQLException[1];
        any(notLent, cause -> {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                found[0] = sql;
            }
            return found[0] != null;
        });
        return Optional.ofNullable(found[0]);
    }

    private static boolean any(Throwable failure, Predicate<Throwable> wanted) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> next = new ArrayDeque<>();
        next.add(failure);
        while (!next.isEmpty() && seen.size() < CAUSES_MAX) {
            Throwable each = next.remove();
            if (seen.add(each)) {
                if (wanted.test(each)) {
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
     * Logs a failure of which {@link #isTransient} says that it passes: for each thing that was not done one line a minute at
     * most, without a stack, with the number of those before it that were not written.
     *
     * @param what was not done, in the same words each time
     */
    public static void report(String what, Throwable failure) {
        if (isKnownOutage(failure)) {
            LOG.log(Level.DEBUG, what, failure);
            return;
        }
        long now = System.nanoTime();
        String counted = REPORTED.size() < REPORTED_APART_MAX || REPORTED.containsKey(what) ? what : "";
        long count =
                REPORTED.computeIfAbsent(counted, first -> new Reported(now)).due(now);
        if (count > 0) {
            LOG.log(
                    Level.WARNING,
                    what + ": the database did not do it (" + summary(failure) + "); callers are told to repeat"
                            + (count > 1 ? "; " + (count - 1) + " such failures since the last line" : ""));
        } else {
            LOG.log(Level.DEBUG, what, failure);
        }
    }

    /** Whether the log tells of it already: the database is away, and this transaction did not try a connection. */
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

    /** The driver's words, else the innermost cause, in one line: its type, its state and, of connections only, its words. Never a row's values. */
    static String summary(Throwable failure) {
        Throwable innermost = failure;
        for (int i = 0; innermost.getCause() != null && i < CAUSES_MAX; i++) {
            if (innermost instanceof SQLException sql && sql.getSQLState() != null) {
                break; // what the driver says of it is more than what it found out
            }
            innermost = innermost.getCause();
        }
        String type = innermost.getClass().getSimpleName();
        if (!(innermost instanceof SQLException sql) || sql.getSQLState() == null) {
            return type + ": " + innermost.getMessage();
        }
        String state = type + ", SQLSTATE " + sql.getSQLState();
        boolean isOfConnection = sql.getSQLState().matches("(08|28|3D|53|57P).*");
        return isOfConnection ? state + ": " + firstLine(String.valueOf(sql.getMessage())) : state;
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
