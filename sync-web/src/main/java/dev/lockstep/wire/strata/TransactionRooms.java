package dev.lockstep.wire.strata;

import dev.lockstep.access.Groups;
import dev.lockstep.api.Caller;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.wire.strata.StrataChanges.InvalidChange;
import dev.lockstep.wire.strata.request.StrataRequests.Transaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rooms of the rows in one request's transactions. Belongs to one request; used by one thread at a time. */
final class TransactionRooms {
    /** The error of a transaction in a room whose group the caller is not in. */
    static final String DENIED = "Access denied";

    private static final String NO_GROUP = "Invalid mutation: missing required group identifier";

    private final Caller caller;
    private final Set<RoomId> memberRooms;
    private final Function<Map<CollectionModel, Set<EntityId>>, Map<CollectionModel, Map<EntityId, RoomId>>> lookup;
    private final Map<RowKey, RoomId> located = new HashMap<>();

    /** A row of a collection. */
    record RowKey(CollectionModel model, EntityId id) {}

    /**
     * @param groups the caller's groups
     * @param lookup finds the rooms of rows; blocks on the database
     */
    TransactionRooms(
            Caller caller,
            List<String> groups,
            Function<Map<CollectionModel, Set<EntityId>>, Map<CollectionModel, Map<EntityId, RoomId>>> lookup) {
        this.caller = caller;
        this.lookup = lookup;
        memberRooms = groups.stream().map(group -> Groups.room(caller, group)).collect(Collectors.toSet());
    }

    /** Looks up the rooms of rows. Blocks on the database. */
    void locate(List<RowKey> rows) {
        Map<CollectionModel, Set<EntityId>> wanted = new HashMap<>();
        rows.forEach(row ->
                wanted.computeIfAbsent(row.model(), first -> new HashSet<>()).add(row.id()));
        lookup.apply(wanted)
                .forEach((model, found) -> found.forEach((id, room) -> located.put(new RowKey(model, id), room)));
    }

    /** Forgets the room of a row, before it is looked up again. */
    void forget(RowKey row) {
        located.remove(row);
    }

    boolean isLocated(RowKey row) {
        return located.containsKey(row);
    }

    /** Whether the row was located in a room that the caller may write to. */
    boolean isAccessible(RowKey row) {
        RoomId room = located.get(row);
        return room != null && (row.model().isSingleTenant() || memberRooms.contains(room));
    }

    /**
     * The room of a transaction's mutation. Without a row that the caller may change, it is the caller's own room, in which
     * the mutation finds no row either: a repeat of an earlier mutation still receives its stored result there.
     */
    RoomId of(RowKey row, Transaction transaction) throws InvalidChange {
        if (transaction.action() == Operation.INSERT) {
            return ofNew(row, transaction);
        }
        RoomId room = located.get(row);
        if (room != null && isAccessible(row)) {
            return room;
        }
        return row.model().isSingleTenant()
                ? RoomId.shared(caller.application())
                : RoomId.own(caller.application(), caller.subject().orElse(""));
    }

    private RoomId ofNew(RowKey row, Transaction transaction) throws InvalidChange {
        CollectionModel model = row.model();
        if (model.isSingleTenant()) {
            return RoomId.shared(caller.application());
        }
        return requireMember(
                model.hasOwnRooms() ? new RoomId(caller.application(), row.id().value()) : group(model, transaction));
    }

    /** The name of the room that an update moves its row to; empty if the row stays. */
    Optional<String> moveTo(RowKey row, Transaction transaction) throws InvalidChange {
        CollectionModel model = row.model();
        if (transaction.action() != Operation.UPDATE
                || !model.isMovable()
                || !transaction.payload().containsKey(roomField(model).name())) {
            return Optional.empty();
        }
        return Optional.of(requireMember(group(model, transaction)).name());
    }

    /** Records where later transactions of the request find a row that was submitted. */
    void written(RowKey row, RoomId room, Optional<String> moveTo, Operation action) {
        if (action == Operation.INSERT) {
            located.put(row, room);
        } else {
            moveTo.ifPresent(name -> located.put(row, new RoomId(caller.application(), name)));
        }
    }

    private static FieldModel roomField(CollectionModel model) {
        return model.roomField().orElseThrow();
    }

    private RoomId group(CollectionModel model, Transaction transaction) throws InvalidChange {
        String field = roomField(model).name();
        if (!(transaction.payload().get(field) instanceof String group) || group.isEmpty()) {
            throw new InvalidChange(NO_GROUP);
        }
        try {
            return Groups.room(caller, group);
        } catch (IllegalArgumentException noRoom) {
            throw new InvalidChange(field + ": " + noRoom.getMessage());
        }
    }

    private RoomId requireMember(RoomId room) throws InvalidChange {
        if (!memberRooms.contains(room)) {
            throw new InvalidChange(DENIED);
        }
        return room;
    }
}
