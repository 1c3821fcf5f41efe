package dev.lockstep.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.filter.RowFilter;
import java.util.Optional;
import java.util.Set;

/**
 * A request for the changes of a collection since a position.
 *
 * @param scope the scope of the list, if the collection has scopes
 * @param filter the filter of the list
 * @param since the log position up to which the caller has seen the collection
 * @param separator the text between two rows of the answer
 */
public record CatchupRequest(
        Caller caller,
        RoomId room,
        CollectionModel model,
        Optional<String> scope,
        RowFilter filter,
        Seq since,
        String separator,
        AccessContext context)
        implements Access {
    /** A request with an empty context, for a list without a filter. */
    public CatchupRequest(
            Caller caller, RoomId room, CollectionModel model, Optional<String> scope, Seq since, String separator) {
        this(caller, room, model, scope, RowFilter.ALL, since, separator, new AccessContext());
    }

    /** The same request for a list with a filter. */
    public CatchupRequest filteredBy(RowFilter other) {
        return new CatchupRequest(caller, room, model, scope, other, since, separator, context);
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
