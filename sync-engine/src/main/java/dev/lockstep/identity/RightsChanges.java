package dev.lockstep.identity;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.WritingTransactions;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.log.Action;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.RightsRoom;
import dev.lockstep.log.RoomStamps;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Notifies all nodes of changed rights: by an action in the log, which orders it among the changes of rows. Thread-safe.
 */
@ApplicationScoped
public class RightsChanges {
    /** Most attempts if other transactions lock the same room; each waits a second for the lock. */
    private static final int TRIES_MAX = 5;

    private static final Logger LOG = System.getLogger(RightsChanges.class.getName());

    private final Set<Listener> first = ConcurrentHashMap.newKeySet();
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    @Inject
    private Transactions transactions;

    @Inject
    private ActionLog log;

    @Inject
    private InstantSource clock;

    @Inject
    private EngineExecutor executor;

    @Inject
    private PublisherThread publisher;

    @PostConstruct
    void startListening() {
        publisher.beforeDelivery(this::notifyListeners);
    }

    /** Notified of changed rights on the publisher thread, before sessions receive that action; must not block. */
    @FunctionalInterface
    public interface Listener {
        void onRightsChanged(String application, String subject);
    }

    /** The change of rights itself, in the transaction that logs it. */
    @FunctionalInterface
    public interface Change {
        /** Applies the change; returns whether anything changed, and is to be logged. */
        boolean apply(Connection connection) throws SQLException;
    }

    /** The user's rights have changed. Returns when it is durable. */
    public void changed(String application, String subject) {
        changed(application, subject, connection -> true);
    }

    /**
     * Changes a user's rights and logs it, atomically. Runs in a separate transaction, as the caller's thread may have one.
     * Returns when it is durable.
     */
    public void changed(String application, String subject, Change change) {
        try {
            CompletableFuture.runAsync(() -> commit(application, subject, change, TRIES_MAX), executor)
                    .join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof TransactionFailed && DatabaseFailures.isTransient(cause)) {
                DatabaseFailures.report("A change of rights was not made", cause);
                throw new SyncException(DatabaseFailures.UNAVAILABLE);
            }
            throw cause instanceof RuntimeException failure ? failure : e;
        }
        publisher.pollNow();
    }

    private void commit(String application, String subject, Change change, int tries) {
        try {
            transactions.run(scope -> {
                append(scope.connection(), application, subject, change);
                return subject;
            });
        } catch (TransactionFailed e) {
            if (tries == 1) {
                throw e;
            }
            commit(application, subject, change, tries - 1);
        }
    }

    private void append(Connection connection, String application, String subject, Change change) throws SQLException {
        RoomId room = RightsRoom.of(application, subject).room();
        StatementPipeline opening = WritingTransactions.opening(connection, WritingTransactions.LOCK_WAIT_MAX);
        RoomStamps stamps = RoomStamps.lock(opening, Set.of(room));
        if (change.apply(connection)) {
            long stamp = stamps.next(Set.of(room), ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
            StatementPipeline closing = new StatementPipeline(connection);
            stamps.save(closing);
            LogEntry entry = LogEntry.rightsChanged(room, new EntityId(subject), stamp);
            log.append(closing, ThreadLocalRandom.current().nextLong(), List.of(List.of(entry)));
            closing.execute();
        }
    }

    /** Notifies listeners of changes in the log. */
    private void notifyListeners(List<Commit> commits) {
        commits.stream()
                .flatMap(commit -> commit.actions().stream())
                .map(Action::entry)
                .filter(entry -> entry.kind() == LogEntry.Kind.RIGHTS)
                .forEach(entry -> {
                    first.forEach(each -> notifyListeners(each, entry));
                    listeners.forEach(each -> notifyListeners(each, entry));
                });
    }

    private static void notifyListeners(Listener listener, LogEntry entry) {
        try {
            listener.onRightsChanged(
                    entry.room().application(), entry.entityId().value());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Sockets of a user with changed rights could not be notified", e);
        }
    }

    /** Adds a listener that is notified before all others: caches of rights, which the others query. */
    void listenFirst(Listener listener) {
        first.add(listener);
    }

    /** Adds a listener. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Removes a listener. */
    public void leave(Listener listener) {
        listeners.remove(listener);
    }
}
