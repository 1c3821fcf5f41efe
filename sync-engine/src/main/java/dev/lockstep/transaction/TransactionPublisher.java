package dev.lockstep.transaction;

import dev.lockstep.api.Change;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Publisher;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.ContainerResources;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.LoggedTransactions;
import dev.lockstep.database.WritingTransactions;
import dev.lockstep.handler.CopiedRows;
import dev.lockstep.handler.Handlers;
import dev.lockstep.log.LogEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Adds changes that application code makes or announces to its transaction. */
@ApplicationScoped
class TransactionPublisher implements Publisher {
    /** Most characters of a scope, as in the log's column. */
    private static final int SCOPE_CHARACTERS_MAX = 255;

    @Inject
    private ApplicationTransactions transactions;

    @Inject
    private CollectionRegistry collections;

    @Inject
    private PublishedChanges changes;

    @Inject
    private Handlers handlers;

    @Inject
    private CopiedRows copies;

    @Inject
    private LoggedTransactions own;

    @Inject
    private ContainerResources resources;

    @Override
    public void publish(RoomId room, List<Change> published) {
        if (published.isEmpty() || published.size() > Mutation.CHANGES_MAX) {
            throw new SyncException(
                    ErrorCode.TOO_LARGE,
                    "A publication has 1 to " + Mutation.CHANGES_MAX + " changes, not " + published.size());
        }
        if (published.stream().anyMatch(change -> isHandled(room, change))) {
            throw new SyncException(
                    ErrorCode.NOT_SUPPORTED,
                    "The rows are kept by another store: change them there, and report them with Publisher.changed");
        }
        inTransaction(() -> published.forEach(change -> changes.make(room, change)));
    }

    private boolean isHandled(RoomId room, Change change) {
        return handlers.find(room.application(), change.in()).isPresent();
    }

    @Override
    public void changed(Class<?> entity, String room, EntityId id) {
        CollectionModel model = collections.require(entity);
        reread(model, model.roomOf(new RoomId(model.application(), room)), id);
    }

    private void reread(CollectionModel model, RoomId room, EntityId id) {
        if (handlers.find(model.application(), model.name()).isPresent()) {
            copies.copy(model, room, id);
        } else {
            inTransaction(() -> record(new ExternalChange.Reread(model, room, id)));
        }
    }

    @Override
    public void changed(Class<?> entity, EntityId id) {
        CollectionModel model = collections.require(entity);
        if (!model.isSingleTenant()) {
            throw new IllegalArgumentException(
                    "the rows of " + entity.getName() + " are in rooms: name the room that the row is or was in");
        }
        reread(model, RoomId.shared(model.application()), id);
    }

    /** Runs the work in the application's transaction, or in one of its own. */
    private void inTransaction(Runnable work) {
        if (resources.transactions().getTransactionStatus() != Status.STATUS_NO_TRANSACTION) {
            transactions.required();
            limitWaits(work);
            return;
        }
        DatabaseFailures.refusing(
                "Change not published",
                () -> own.run(scope -> {
                    limitWaits(work);
                    return work;
                }));
    }

    /** Waits for row locks of other transactions are bounded. */
    private void limitWaits(Runnable work) {
        try (Connection connection = resources.dataSource().getConnection()) {
            WritingTransactions.begin(connection, WritingTransactions.LOCK_WAIT_MAX);
        } catch (SQLException e) {
            throw new SyncException(
                    ErrorCode.UNAVAILABLE, "The database did not respond in time; send the request again", e);
        }
        try {
            work.run();
        } catch (PersistenceException e) {
            if (DatabaseFailures.isTransient(e)) {
                throw new SyncException(ErrorCode.UNAVAILABLE, "A row stays locked; send the request again", e);
            }
            throw e;
        }
    }

    @Override
    public void inserted(Class<?> entity, Collection<EntityId> ids) {
        record(new ExternalChange.Changed(collections.require(entity), sorted(ids), LogEntry.Kind.INSERT));
    }

    @Override
    public void updated(Class<?> entity, Collection<EntityId> ids) {
        record(new ExternalChange.Changed(collections.require(entity), sorted(ids), LogEntry.Kind.UPDATE));
    }

    @Override
    public void deleted(Class<?> entity, String room, Collection<EntityId> ids) {
        CollectionModel model = collections.require(entity);
        RoomId home = model.roomOf(new RoomId(model.application(), room));
        record(new ExternalChange.Gone(model, home, sorted(ids)));
    }

    @Override
    public void scope(String scope) {
        if (scope.isEmpty() || scope.length() > SCOPE_CHARACTERS_MAX) {
            throw new IllegalArgumentException("a scope is 1 to " + SCOPE_CHARACTERS_MAX + " characters");
        }
        transactions.required().label(scope);
    }

    private void record(ExternalChange externalChange) {
        transactions.required().add(externalChange);
    }

    private static SortedSet<EntityId> sorted(Collection<EntityId> ids) {
        return new TreeSet<>(ids);
    }
}
