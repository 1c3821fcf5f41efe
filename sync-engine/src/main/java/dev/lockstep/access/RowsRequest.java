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

/**
 * A request for rows of a room by their ids.
 *
 * @param areOwn whether rows of other owners are left out
 */
public record RowsRequest(
        Caller caller, RoomId room, CollectionModel model, List<EntityId> ids, boolean areOwn, AccessContext context)
        implements Access {
    public RowsRequest {
        ids = List.copyOf(ids);
    }

    /** A request for rows of all owners, with an empty context. */
    public RowsRequest(Caller caller, RoomId room, CollectionModel model, List<EntityId> ids) {
        this(caller, room, model, ids, false, new AccessContext());
    }

    /** A request for the caller's own rows, with an empty context. Where rows have no owner, all are. */
    public static RowsRequest ofOwn(Caller caller, RoomId room, CollectionModel model, List<EntityId> ids) {
        return new RowsRequest(caller, room, model, ids, true, new AccessContext());
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
