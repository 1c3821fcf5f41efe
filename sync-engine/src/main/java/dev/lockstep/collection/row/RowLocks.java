package dev.lockstep.collection.row;

import dev.lockstep.api.EntityId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.UnreadableRows;
import dev.lockstep.collection.mapping.Attributes;
import dev.lockstep.database.ParameterPadding;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Queries that lock rows by their ids, or tell which ids exist. Confined to one transaction. */
final class RowLocks {
    /** The lock timeout by which the JPA providers of WildFly and Payara skip locked rows. */
    private static final int SKIP_LOCKED = -2;

    /** SQLSTATE of a failure that a retry avoids: serialization failure. */
    private static final String SERIALIZATION_FAILURE = "40001";

    private final EntityManager entities;

    RowLocks(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Locks the rows that no other transaction has locked, in the order of their ids.
     *
     * @param unreadable receives the locked rows that cannot be entities
     * @return the other locked rows as managed entities
     */
    List<?> lock(CollectionModel model, List<Object> ids, Consumer<RowImage> unreadable) {
        return model.storage().unreadable().any() ? lockReadable(model, ids, unreadable) : lockEntities(model, ids);
    }

    private List<?> lockEntities(CollectionModel model, List<Object> ids) {
        try {
            return lockedRows(model, ids);
        } catch (RuntimeException failure) {
            if (!UnreadableRows.isCause(failure)) {
                throw failure;
            }
            // The provider may have given up the transaction: the next one reads rows before it loads entities.
            model.storage().unreadable().expectUnreadable();
            throw new PersistenceException(
                    new SQLException("a row cannot be read as an entity", SERIALIZATION_FAILURE, failure));
        }
    }

    /**
     * Locks rows of which some cannot be read as entities: those are locked and read as values.
     *
     * @param unreadable receives those rows
     */
    private List<?> lockReadable(CollectionModel model, List<Object> ids, Consumer<RowImage> unreadable) {
        String id = model.idField().selected();
        List<Object> locked = new ArrayList<>();
        model.lockedTypes()
                .forEach(type -> locked.addAll(
                        lockQuery(model, type, id, Object.class, ids).getResultList()));
        List<Object> readable = new ArrayList<>();
        for (RowImage image : new ReadableRows(entities, model).byId(locked)) {
            if (image.isUnreadable()) {
                unreadable.accept(image);
            } else {
                readable.addAll(model.idValues(List.of(image.id())));
            }
        }
        return readable.isEmpty() ? List.of() : lockedRows(model, readable);
    }

    private List<Object> lockedRows(CollectionModel model, List<Object> ids) {
        List<Object> rows = new ArrayList<>();
        for (Class<?> type : model.lockedTypes()) {
            TypedQuery<?> query = lockQuery(model, type, "e", type, ids);
            if (!model.elementCollections().isEmpty() || loadsOthers(model)) {
                // Eager collections and relations would cost a query for each row while it is locked.
                query.setHint(ElementCollections.FETCH_GRAPH, entities.createEntityGraph(type));
            }
            rows.addAll(query.getResultList());
        }
        new ElementCollections(entities, model).load(ids);
        return rows;
    }

    private static boolean loadsOthers(CollectionModel model) {
        return Attributes.hasEagerRelations(model.entity())
                || model.subtypes().types().stream().anyMatch(Attributes::hasEagerRelations);
    }

    private <T> TypedQuery<T> lockQuery(
            CollectionModel model, Class<?> from, String selected, Class<T> type, List<Object> ids) {
        String id = model.idField().selected();
        String query = "select " + selected + " from "
                + entities.getMetamodel().entity(from).getName() + " e where " + id + " in :ids order by " + id;
        return entities.createQuery(query, type)
                .setParameter("ids", ParameterPadding.list(ids))
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint("jakarta.persistence.lock.timeout", SKIP_LOCKED);
    }

    /** The existing ids among these. Locks nothing. */
    Set<EntityId> existing(CollectionModel model, List<Object> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        String id = model.idField().selected();
        String query =
                "select " + id + " from " + RowConditions.entityName(entities, model) + " e where " + id + " in :ids";
        return entities
                .createQuery(query, Object.class)
                .setParameter("ids", ParameterPadding.list(ids))
                .getResultList() // a stream would keep its connection in use until it is closed
                .stream()
                .map(model::idOf)
                .collect(Collectors.toSet());
    }
}
