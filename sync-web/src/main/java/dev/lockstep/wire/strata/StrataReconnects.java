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
 * Closes the sockets of clients whose mutations were refused as retryable, or not read, with 1012. Such clients send their
 * outbox only with a new connection (contract, section 1.0). After an outage they close when the database is back. Thread-safe.
 */
@ApplicationScoped
class StrataReconnects {
    /** Service restart (IANA WebSocket Close Code Number Registry). */
    static final int CLOSED_RESTART = 1012;

    static final String REASON = "send what waits again; reconnect";

    /**
     * Shortest outage after which all sockets close. A client may have used up its retries at another node than its socket's,
     * or a read may have failed, and it does nothing before its next connection.
     */
    static final Duration OUTAGE_FOR_ALL_MIN = Duration.ofSeconds(1);

    /** Most sockets that close at a time after an outage. The next ones follow at the next check. */
    static final int CLOSED_AT_A_TIME_MAX = 100;

    private static final Duration CHECK_PAUSE = Duration.ofMillis(500);

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

    private @Nullable Future<?> checking;

    void start(@Observes ApplicationStarted applicationStarted) {
        if (dialect.isEnabled()) {
            database.addListener(whenBack);
            checking = tasks.every(CHECK_PAUSE, this::check);
        }
    }

    @PreDestroy
    void stop() {
        database.removeListener(whenBack);
        if (checking != null) {
            checking.cancel(false);
        }
    }

    /** @throws SyncException if the request would overtake transactions that its client must send again */
    void requireAllowed(Caller caller, List<Transaction> request) {
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
     * Records that only a part of a request was read and answered. Its client sends the rest, like the rest of its outbox,
     * only with a new connection.
     */
    void partlyRead(Caller caller) {
        caller.subject().ifPresent(sessions::mark);
    }

    private void databaseIsBack(Duration awayFor) {
        barrier.databaseIsBack();
        if (awayFor.compareTo(OUTAGE_FOR_ALL_MIN) >= 0) {
            sessions.markAll();
        }
    }

    private void check() {
        if (database.isUnavailable()) {
            return; // a client that reconnects now could not send anything
        }
        Set<String> due = barrier.dueToReconnect();
        if (!due.isEmpty()) {
            sessions.close(due, CLOSED_RESTART, REASON);
        }
        sessions.closeMarked(CLOSED_AT_A_TIME_MAX, CLOSED_RESTART, REASON);
    }
}
