package dev.lockstep.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import java.util.Set;

/**
 * A request for the position at which rows of a collection got a stamp.
 *
 * @param stampMillis the stamp as clients see it, in milliseconds since 1970
 */
public record StampRequest(Caller caller, RoomId room, CollectionModel model, long stampMillis, AccessContext context)
        implements Access {
    /** A request with an empty context. */
    public StampRequest(Caller caller, RoomId room, CollectionModel model, long stampMillis) {
        this(caller, room, model, stampMillis, new AccessContext());
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
