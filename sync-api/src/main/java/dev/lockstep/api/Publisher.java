package dev.lockstep.api;

import dev.lockstep.api.entity.BelongsTo;
import java.util.Collection;
import java.util.List;

/**
 * Changes that application code makes or reports, logged and delivered to the clients of all dialects.
 *
 * <p>{@link #publish} makes changes itself. {@link #inserted}, {@link #updated} and {@link #deleted} report rows that the
 * application changed without JPA: by SQL, by a JPQL bulk statement, by a stored procedure. {@link #changed} reports a row
 * that another program may have changed, and finds out what happened to it.
 *
 * <p>All methods work in the application's own JTA transaction: the changes are logged and delivered if and only if that
 * transaction commits. They are part of the same commit as the changes that the transaction makes through
 * {@link SyncRepository} or an {@code EntityManager}; reported ones come after these. Reported rows are read when the
 * transaction completes, and the application sets their timestamps. Changes of managed entities are logged without this
 * class.
 *
 * <p>Outside a transaction, {@link #publish} and {@link #changed} begin one, and return when it is durable; a
 * {@link SyncException} as {@link ErrorCode#UNAVAILABLE} says that it was not, so that the call may be repeated. All other
 * methods throw {@code IllegalStateException} there. All methods throw {@code IllegalArgumentException} if the class is not
 * a collection. A transaction fails if it reports a row as inserted or updated that does not exist, or has more than
 * {@link Mutation#CHANGES_MAX} rows. Thread-safe.
 */
public interface Publisher {
    /**
     * Makes changes of rows in a room, in their order. Access rules and hooks do not apply: the application is trusted. An
     * insert of an existing row is an update of it. An update sets the named fields and leaves the others; clients receive
     * the whole row. A delete of a missing row has no effect. Fields that clients may not write are ignored.
     *
     * @param changes inserts with an id, updates and deletes, 1 to {@link Mutation#CHANGES_MAX}; for a collection without
     *     rooms the room is {@link RoomId#shared}
     * @throws SyncException with the reason of a refusal: {@link ErrorCode#UNKNOWN_COLLECTION}, {@link ErrorCode#INVALID},
     *     {@link ErrorCode#NOT_FOUND} for an update of a missing row, {@link ErrorCode#IN_USE} for the id of a row that is
     *     deleted or in another room, {@link ErrorCode#UNAVAILABLE} if a row stays locked. The application's transaction
     *     can only be rolled back then
     */
    void publish(RoomId room, List<Change> changes);

    /** Makes one change, as {@link #publish(RoomId, List)}. */
    default void publish(RoomId room, Change change) {
        publish(room, List.of(change));
    }

    /**
     * Reads a row anew that plain SQL or another program may have changed, and logs what happened to it since the log's last
     * image: an insert, an update, a delete, or nothing. The log is searched back over its last 100,000 positions; a row
     * without an image there is logged as inserted. Works for a row of any cause: a change that this server made itself is
     * found in the log.
     *
     * @param room the name of the room that the row is or was in; ignored for a collection without rooms
     */
    void changed(Class<?> entity, String room, EntityId id);

    /**
     * Reads a row anew, as {@link #changed(Class, String, EntityId)}.
     *
     * @throws IllegalArgumentException if the collection has rooms: the room of a deleted row cannot be read
     */
    void changed(Class<?> entity, EntityId id);

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
