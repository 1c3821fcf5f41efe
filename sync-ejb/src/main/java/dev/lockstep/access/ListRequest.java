package dev.lockstep.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.snapshot.ListVersion;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody wants to see a collection.
 *
 * @param seen the version that the caller has: if there is none after it, no row is read
 * @param separator what stands between two rows in the answer
 */
public record ListRequest(
        Caller caller,
        RoomId room,
        CollectionModel model,
        ListQuery wanted,
        Optional<ListVersion> seen,
        String separator,
        AccessContext context)
        implements Access {
    /** One of which nothing is known yet. */
    public ListRequest(
            Caller caller,
            RoomId room,
            CollectionModel model,
            ListQuery wanted,
            Optional<ListVersion> seen,
            String separator) {
        this(caller, room, model, wanted, seen, separator, new AccessContext());
    }

    @Override
    public Operation operation() {
        return Operation.READ;
    }

    @Override
    public Set<CollectionName> collections() {
        return Set.of(model.name());
    }
}
