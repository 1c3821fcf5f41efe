package dev.lockstep.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import java.util.List;
import java.util.Set;

/** A request for rows of a room by their ids. */
public record RowsRequest(Caller caller, RoomId room, CollectionModel model, List<EntityId> ids, AccessContext context)
        implements Access {
    public RowsRequest {
        ids = List.copyOf(ids);
    }

    /** A request with an empty context. */
    public RowsRequest(Caller caller, RoomId room, CollectionModel model, List<EntityId> ids) {
        this(caller, room, model, ids, new AccessContext());
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
