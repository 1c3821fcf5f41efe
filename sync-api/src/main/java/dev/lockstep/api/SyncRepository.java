package dev.lockstep.api;

import dev.lockstep.api.entity.BelongsTo;
import java.util.List;
import java.util.Optional;

/**
 * Collections for application code, in its own JTA transaction: what it changes is logged and delivered if and only if
 * that transaction commits. Access rules are not asked.
 *
 * <p>The rows are managed entities: changing one's fields is an update. An {@code EntityManager} of the application's
 * own on the unit {@code lockstep} does the same, as long as it works with entities: JPQL bulk statements and SQL go
 * past the log, and are told of by {@link Publisher}.
 *
 * <p>All methods need a transaction, and throw a {@code jakarta.persistence.PersistenceException} if the database
 * refuses. Rows are not locked before they are changed: who reads, decides and writes, locks them with JPA.
 */
public interface SyncRepository {
    /**
     * The live rows of a collection in a room, in the collection's order.
     *
     * @param entity the entity class of the collection
     * @param room the room's name; of no meaning for a single-tenant collection
     * @throws IllegalArgumentException if the class is no collection
     */
    <E> List<E> list(Class<E> entity, String room);

    /** The row with this id, if it lives in the room. */
    <E> Optional<E> find(Class<E> entity, String room, EntityId id);

    /**
     * Adds a row. The server gives it room and stamps, and an id if it has none.
     *
     * @return the same entity, managed now
     * @throws jakarta.validation.ConstraintViolationException if a constraint of the entity is broken
     */
    <E> E insert(String room, E entity);

    /**
     * Deletes a row, softly where its collection does, and the rows that {@linkplain BelongsTo belong to} it and go with
     * it.
     *
     * @throws SyncException if more than {@link Mutation#CHANGES_MAX} rows belong to it
     */
    void delete(Object entity);
}
