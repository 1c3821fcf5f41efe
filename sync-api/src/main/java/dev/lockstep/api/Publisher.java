package dev.lockstep.api;

import dev.lockstep.api.entity.BelongsTo;
import java.util.Collection;

/**
 * Logs and delivers rows that application code changed without JPA: by SQL, by a JPQL bulk statement, by a stored
 * procedure. Works in the application's own JTA transaction: the changes are logged and delivered if and only if that
 * transaction commits. They are part of the same commit as the changes that the transaction makes through
 * {@link SyncRepository} or an {@code EntityManager}, and come after them.
 *
 * <p>The rows are read when the transaction completes. The application sets their timestamps. Changes of managed entities
 * are logged without this class.
 *
 * <p>All methods throw {@code IllegalArgumentException} if the class is not a collection, and
 * {@code IllegalStateException} outside a transaction. A transaction fails if it publishes a row that does not exist, or
 * more than {@link Mutation#CHANGES_MAX} rows.
 */
public interface Publisher {
    /** Publishes rows that were inserted, or restored from a soft delete. */
    void inserted(Class<?> entity, Collection<EntityId> ids);

    /** Publishes rows with new values; rows that are soft-deleted are published as deleted, with their children. */
    void updated(Class<?> entity, Collection<EntityId> ids);

    /**
     * Publishes rows that were deleted for good, or have left this room. The children that {@linkplain BelongsTo belong
     * to} a deleted row are deleted with it; a row that only left the room keeps its children.
     *
     * @param room the room that the rows were in; ignored for a single-tenant collection
     */
    void deleted(Class<?> entity, String room, Collection<EntityId> ids);

    /** Sets the scope of this transaction's live frames, by which clients filter. A row with a scope keeps its own. */
    void scope(String scope);
}
