package dev.lockstep.api;

import dev.lockstep.api.entity.BelongsTo;
import java.util.Collection;

/**
 * Tells clients of rows that application code changed past JPA: by SQL, by a JPQL bulk statement, by a stored procedure.
 * Works in the application's own JTA transaction: it is logged and delivered if and only if that transaction commits,
 * in one commit with what the transaction does through {@link SyncRepository} or an {@code EntityManager}, after it.
 *
 * <p>The rows are read when the transaction completes, as they are then: stamps are the application's to set. What is
 * changed through entities is told anyway.
 *
 * <p>All methods throw {@code IllegalArgumentException} if the class is no collection, and {@code IllegalStateException}
 * outside a transaction. A transaction that tells of a row that is not there, or of more than
 * {@link Mutation#CHANGES_MAX} rows, fails.
 */
public interface Publisher {
    /** Rows are new, or back from a soft delete. */
    void inserted(Class<?> entity, Collection<EntityId> ids);

    /** Rows have other values; those that are deleted softly by now are told as deleted, with their children. */
    void updated(Class<?> entity, Collection<EntityId> ids);

    /**
     * Rows are gone for good, or from this room. What {@linkplain BelongsTo belongs to} those that are gone goes with
     * them; one that only left the room keeps its children.
     *
     * @param room the room they were in; of no meaning for a single-tenant collection
     */
    void deleted(Class<?> entity, String room, Collection<EntityId> ids);

    /** The label of this transaction's live frames; clients filter by it. Rows with a scope of their own carry that. */
    void scope(String scope);
}
