package dev.lockstep.api.handler;

import dev.lockstep.api.Access;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A collection whose rows are kept elsewhere: in another database, in a remote service, in memory. A CDI bean in an
 * application's packages, annotated with {@link Handles}. The entity is the schema of the rows, and its table the server's copy:
 * clients of all dialects read, subscribe to and receive the copy, and a change reaches it when the handler has made it.
 *
 * <p>{@link #create}, {@link #update} and {@link #delete} are optional: a collection has the operations that its handler
 * overrides, and is read-only without them. A change is made once if the handler recognizes
 * {@link HandledChange#mutationId}, because it may be called more than once for the same change: after a failure, a timeout
 * or a crash. Changes of one room are made one after another, in the order of the clients' messages.
 *
 * <p>Methods throw a {@link SyncException} to refuse; unless it is retryable, that is final. Any other exception, and a call
 * that takes longer than {@value #CALL_SECONDS_MAX} s, leaves the outcome open: the client is asked to send the change again,
 * and the server repeats it by itself. Values are plain, by names on the wire, as in {@link dev.lockstep.api.Change}. Called
 * from many threads at once, outside a transaction; may block.
 */
public interface CollectionHandler {
    /** Longest call, in seconds. */
    int CALL_SECONDS_MAX = 10;

    /** All rows of a room, each with its {@code id}. Called with the first read of the room after a start, and by reports. */
    List<Map<String, @Nullable Object>> fetch(RoomId room);

    /** One row; empty if it does not exist in the room. The default fetches all rows. */
    default Optional<Map<String, @Nullable Object>> fetch(RoomId room, EntityId id) {
        return fetch(room).stream()
                .filter(row -> id.value().equals(row.get("id")))
                .findFirst();
    }

    /**
     * Creates a row. A row that exists by another change is refused or replaced, as the handler decides.
     *
     * @param fields the values that the client sent, validated by the entity's constraints
     * @return the row as it is stored; it may have another {@code id} if clients do not choose ids
     */
    default Map<String, @Nullable Object> create(HandledChange change, Map<String, @Nullable Object> fields) {
        throw new UnsupportedOperationException("this handler creates no rows");
    }

    /**
     * Changes some fields of a row.
     *
     * @return the row as it is stored; empty if it does not exist
     */
    default Optional<Map<String, @Nullable Object>> update(HandledChange change, Map<String, @Nullable Object> fields) {
        throw new UnsupportedOperationException("this handler updates no rows");
    }

    /** Deletes a row. No effect if it does not exist. */
    default void delete(HandledChange change) {
        throw new UnsupportedOperationException("this handler deletes no rows");
    }

    /** Decides on a request, after the application's policy. Empty if it is allowed; an exception refuses. */
    default Optional<Refusal> authorize(Access access) {
        return Optional.empty();
    }

    /** Whether a caller may read a row; as a {@link dev.lockstep.api.access.ReadFilter}, in addition to the policy's. */
    default boolean audience(Access access, Map<String, @Nullable Object> row) {
        return true;
    }
}
