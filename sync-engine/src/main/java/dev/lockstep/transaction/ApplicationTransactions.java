package dev.lockstep.transaction;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowChanges;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.ServerFields;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.ContainerResources;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.log.ActionLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Logs changes of applications' own transactions: changes of entities of collections are appended just before the commit,
 * and delivered after it. Rooms and head are locked only then, so that a long transaction delays only writers of its rows.
 */
@ApplicationScoped
class ApplicationTransactions implements RowChanges {
    private static final Object KEY = ApplicationTransaction.class;

    @Inject
    private ContainerResources resources;

    @Inject
    private CollectionRegistry collections;

    @Inject
    private EntityIds ids;

    @Inject
    private Validator validator;

    @Inject
    private InstantSource clock;

    @Inject
    private ActionLog log;

    @Inject
    private PublisherThread publisher;

    @PersistenceContext(unitName = "lockstep")
    private EntityManager entities;

    @Override
    public void loaded(Object entity) {
        current().ifPresent(transaction -> transaction.loaded(entity, RowImage.ofLoaded(model(entity), entity)));
    }

    @Override
    public void inserting(Object entity) {
        open().ifPresent(transaction -> {
            ServerFields.assign(model(entity), entity, ids, transaction.stamp());
            validate(entity);
            transaction.touched(entity);
        });
    }

    @Override
    public void updating(Object entity) {
        open().ifPresent(transaction -> {
            ServerFields.restamp(model(entity), entity, transaction.stamp());
            validate(entity);
            transaction.touched(entity);
        });
    }

    @Override
    public void changingItems(Object entity) {
        open().filter(transaction -> !transaction.isRemoved(entity)).ifPresent(transaction -> {
            ServerFields.restamp(model(entity), entity, transaction.stamp());
            transaction.touchedInFlush(entity);
        });
    }

    @Override
    public void removing(Object entity) {
        open().ifPresent(transaction -> {
            if (model(entity).deletesSoftly()) {
                throw new IllegalStateException(
                        entity.getClass().getName()
                                + " deletes softly: use SyncRepository.delete(entity) instead of EntityManager.remove(entity).");
            }
            transaction.removed(entity);
        });
    }

    /**
     * The application's transaction on this thread.
     *
     * @throws IllegalStateException if there is none, or it is completing already
     */
    ApplicationTransaction required() {
        return open().orElseThrow(() -> new IllegalStateException(
                "there is no transaction: begin one, or annotate the method with @Transactional"));
    }

    /** The application's transaction on this thread, while it accepts changes; empty if there is none. */
    Optional<ApplicationTransaction> open() {
        return current().filter(ApplicationTransaction::isOpen);
    }

    private void validate(Object entity) {
        Set<ConstraintViolation<Object>> violations = validator.validate(entity);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
    }

    /** The changes of the application's transaction on this thread; empty outside one, and in transactions of the engine. */
    private Optional<ApplicationTransaction> current() {
        TransactionSynchronizationRegistry registry = resources.transactions();
        if (registry.getTransactionStatus() != Status.STATUS_ACTIVE || resources.isEngineTransaction(registry)) {
            return Optional.empty();
        }
        if (registry.getResource(KEY) instanceof ApplicationTransaction known) {
            return Optional.of(known);
        }
        ApplicationTransaction begun = new ApplicationTransaction(clock.instant());
        registry.putResource(KEY, begun);
        registry.registerInterposedSynchronization(new Completion(begun));
        return Optional.of(begun);
    }

    private CollectionModel model(Object entity) {
        return collections.require(entity.getClass());
    }

    /** Appends before the commit, and wakes the log poller after it. */
    private final class Completion implements Synchronization {
        private final ApplicationTransaction transaction;

        Completion(ApplicationTransaction transaction) {
            this.transaction = transaction;
        }

        @Override
        public void beforeCompletion() {
            CommitSynchronization commitSynchronization =
                    new CommitSynchronization(transaction, entities, collections, log);
            if (!commitSynchronization.flush()) {
                return;
            }
            try (Connection connection = resources.dataSource().getConnection()) {
                commitSynchronization.append(connection);
            } catch (SQLException e) {
                throw new SyncException(
                        ErrorCode.UNAVAILABLE, "The change could not be logged; send the request again", e);
            }
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED && !transaction.isEmpty()) {
                publisher.pollNow();
            }
        }
    }
}
