package dev.lockstep.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody wants to see a collection.
 *
 * @param scope the part of it that is wanted; without one, or where the collection has no scopes, all
 * @param separator what stands between two rows in the answer
 */
public record ListRequest(Caller caller, RoomId room, CollectionModel model, Optional<String> scope, String separator)
        implements Access {
    @Override
    public Operation operation() {
        return Operation.READ;
    }

    @Override
    public Set<CollectionName> collections() {
        return Set.of(model.name());
    }
}
