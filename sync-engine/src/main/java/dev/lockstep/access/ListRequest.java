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
 * A request for the rows of a collection.
 *
 * @param seen the version that the caller has; if it is current, no row is read
 * @param separator the text between two rows of the answer
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
    /** A request with an empty context. */
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
