package dev.lockstep.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.collection.CollectionModel;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who has seen a collection wants to know what has changed.
 *
 * @param scope the list of this scope, if the collection has scopes
 * @param since the position of the log that they have seen
 * @param separator what stands between two rows in the answer
 */
public record CatchupRequest(
        Caller caller,
        RoomId room,
        CollectionModel model,
        Optional<String> scope,
        Seq since,
        String separator,
        AccessContext context)
        implements Access {
    /** One of which nothing is known yet. */
    public CatchupRequest(
            Caller caller, RoomId room, CollectionModel model, Optional<String> scope, Seq since, String separator) {
        this(caller, room, model, scope, since, separator, new AccessContext());
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
