package dev.lockstep.api;

import dev.lockstep.api.entity.BelongsTo;
import java.util.List;
import java.util.Optional;

/**
 * Access to collections for application code, in its own JTA transaction. Changes are logged and delivered if and only
 * if that transaction commits. Access rules do not apply.
 *
 * <p>The rows are managed entities: setting a field is an update. An {@code EntityManager} of the application on the
 * unit {@code lockstep} has the same effect for entities. JPQL bulk statements and SQL bypass the log; publish their
 * changes with {@link Publisher}.
 *
 * <p>All methods need a transaction, and throw a {@code jakarta.persistence.PersistenceException} if the database
 * refuses. Reading does not lock rows: code that reads, decides and writes must lock them with JPA.
 */
public interface SyncRepository {
    /**
     * The live rows of a collection in a room, in the collection's order.
     *
     * @param entity the entity class of the collection
     * @param room the room's name; ignored for a single-tenant collection
     * @throws IllegalArgumentException if the class is not a collection
     */
    <E> List<E> list(Class<E> entity, String room);

    /** The row with this id, if it is in the room. */
    <E> Optional<E> find(Class<E> entity, String room, EntityId id);

    /**
     * Adds a row. The server sets its room and timestamps, and an id if it has none.
     *
     * @return the same entity, now managed
     * @throws jakarta.validation.ConstraintViolationException if a constraint of the entity is violated
     */
    <E> E insert(String room, E entity);

    /**
     * Deletes a row, softly where its collection does, together with the rows that {@linkplain BelongsTo belong to} it and
     * are deleted with their parent.
     *
     * @throws SyncException if more than {@link Mutation#CHANGES_MAX} rows belong to it
     */
    void delete(Object entity);
}
