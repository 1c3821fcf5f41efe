package dev.lockstep.transaction;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Publisher;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.CollectionRegistry;
import dev.lockstep.log.LogEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** Adds changes that application code announces to its transaction. */
@ApplicationScoped
class TransactionPublisher implements Publisher {
    /** Most characters of a scope, as in the log's column. */
    private static final int SCOPE_CHARACTERS_MAX = 255;

    @Inject
    private ApplicationTransactions transactions;

    @Inject
    private CollectionRegistry collections;

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
