package dev.lockstep.access.chain;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mutations of a caller in a room of the application "workshop". */
record Request(Caller caller, String room) {
    /** The operations of collections of rows. */
    static final Operation[] ON_ROWS =
            EnumSet.complementOf(EnumSet.of(Operation.APPEND, Operation.MIXED)).toArray(Operation[]::new);

    /** In the room "p1". */
    static Request by(Caller caller) {
        return new Request(caller, "p1");
    }

    static Request anonymous() {
        return by(Caller.anonymous("workshop"));
    }

    Mutation of(Operation operation, String collection) {
        return of(operation, collection, Map.of());
    }

    /** One change; operations on several rows have the same change as a bulk. */
    Mutation of(Operation operation, String collection, Map<String, Object> fields) {
        CollectionName in = new CollectionName(collection);
        EntityId id = new EntityId("a");
        Change change = switch (operation) {
            case INSERT, BULK_INSERT -> new Change.Insert(in, id, Map.copyOf(fields));
            case UPDATE, BULK_UPDATE -> new Change.Update(in, id, Map.copyOf(fields));
            case DELETE, BULK_DELETE -> new Change.Delete(in, id);
            case ARCHIVE -> new Change.Archive(in, id, Instant.EPOCH);
            case UNARCHIVE -> new Change.Unarchive(in, id);
            case READ, SUBSCRIBE, APPEND, MIXED -> throw new IllegalArgumentException(operation + " has no one change");
        };
        return of(operation, change);
    }

    Mutation of(Operation operation, Change... changes) {
        return new Mutation(
                caller, new RoomId("workshop", room), operation, List.of(changes), Optional.empty(), Optional.empty());
    }
}
