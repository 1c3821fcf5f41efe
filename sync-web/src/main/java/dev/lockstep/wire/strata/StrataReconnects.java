package dev.lockstep.wire.strata;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.DatabaseAvailability;
import dev.lockstep.wire.application.ApplicationStarted;
import dev.lockstep.wire.application.PeriodicTasks;
import dev.lockstep.wire.strata.request.StrataRequests.Transaction;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Has clients connect anew whose mutations were refused as retryable, or not read: they send their outbox with a new
 * connection only (contract, section 1.0). Closes their sockets with 1012, at the latest when the database is back.
 * Thread-safe.
 */
@ApplicationScoped
class StrataReconnects {
    /** Service restart (IANA WebSocket Close Code Number Registry). */
    static final int CLOSED_RESTART = 1012;

    static final String REASON = "send what waits again; reconnect";

    /**
     * After an outage of so long all sockets are closed. A client may have used up its retries at another node than its
     * socket's, or have read something in vain, after which it does nothing before its next connection.
     */
    static final Duration OUTAGE_FOR_ALL_MIN = Duration.ofSeconds(1);

    /** Sockets that are closed at once after an outage; the next ones follow at the next look. */
    static final int CLOSED_AT_ONCE_MAX = 100;

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private static final Refusal OVERTAKES = new Refusal(
            ErrorCode.UNAVAILABLE, "An earlier transaction of this client was not done yet; send it again first");

    private final RetryBarrier barrier = new RetryBarrier(System::nanoTime);
    private final DatabaseAvailability.Listener whenBack = this::databaseIsBack;

    @Inject
    private StrataDialect dialect;

    @Inject
    private StrataSessions sessions;

    @Inject
    private DatabaseAvailability database;

    @Inject
    private PeriodicTasks tasks;

    private @Nullable Future<?> looking;

    void start(@Observes ApplicationStarted applicationStarted) {
        if (dialect.isSpoken()) {
            database.addListener(whenBack);
            looking = tasks.every(LOOK_EVERY, this::look);
        }
    }

    @PreDestroy
    void stop() {
        database.removeListener(whenBack);
        if (looking != null) {
            looking.cancel(false);
        }
    }

    /** @throws SyncException if the request would overtake what its client has to send again */
    void isAllowed(Caller caller, List<Transaction> request) {
        if (!barrier.isAllowed(caller, request)) {
            throw new SyncException(OVERTAKES);
        }
    }

    void answered(Caller caller, List<Transaction> request) {
        barrier.answered(caller, request);
    }

    void refused(Caller caller, List<Transaction> request) {
        barrier.refused(caller, request);
    }

    /**
     * A part of a request was read, and answered. Its client sends the rest of it with a new connection only, as the rest of
     * its outbox.
     */
    void cut(Caller caller) {
        caller.subject().ifPresent(sessions::mark);
    }

    private void databaseIsBack(Duration awayFor) {
        barrier.databaseIsBack();
        if (awayFor.compareTo(OUTAGE_FOR_ALL_MIN) >= 0) {
            sessions.markAll();
        }
    }

    private void look() {
        if (database.isUnavailable()) {
            return; // a client that comes now cannot send anything
        }
        Set<String> due = barrier.dueToReconnect();
        if (!due.isEmpty()) {
            sessions.close(due, CLOSED_RESTART, REASON);
        }
        sessions.closeMarked(CLOSED_AT_ONCE_MAX, CLOSED_RESTART, REASON);
    }
}
