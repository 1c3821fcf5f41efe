package dev.lockstep.wire.strata;

import dev.lockstep.access.Groups;
import dev.lockstep.access.routing.RowMutation.RowKey;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.wire.strata.StrataChanges.InvalidChange;
import dev.lockstep.wire.strata.request.StrataRequests.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Rooms that a caller's transactions may write to: those of the caller's groups, and the shared one. Immutable. */
final class TransactionRooms {
    /** The error of a transaction in a room whose group the caller is not in. */
    static final String DENIED = "Access denied";

    private static final String NO_GROUP = "Invalid mutation: missing required group identifier";

    private final Caller caller;
    private final Set<RoomId> memberRooms;

    /** @param groups the caller's groups */
    TransactionRooms(Caller caller, List<String> groups) {
        this.caller = caller;
        memberRooms = groups.stream().map(group -> Groups.room(caller, group)).collect(Collectors.toSet());
    }

    /** Whether the caller may write to the room of a row. */
    boolean isAccessible(CollectionModel model, RoomId room) {
        return model.isSingleTenant() || memberRooms.contains(room);
    }

    /**
     * The room of a transaction's mutation. Without a row that the caller may change, it is the caller's own room, in which
     * the mutation finds no row either: a repeat of an earlier mutation still receives its stored result there.
     *
     * @param located the room of the row; empty if there is no row
     */
    RoomId of(RowKey row, Transaction transaction, Optional<RoomId> located) throws InvalidChange {
        CollectionModel model = row.model();
        if (transaction.action() == Operation.INSERT) {
            return ofNew(row, transaction);
        }
        return located.filter(room -> isAccessible(model, room))
                .orElseGet(() -> model.isSingleTenant()
                        ? RoomId.shared(caller.application())
                        : RoomId.own(caller.application(), caller.subject().orElse("")));
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
    Optional<String> moveTo(CollectionModel model, Transaction transaction) throws InvalidChange {
        if (transaction.action() != Operation.UPDATE
                || !model.isMovable()
                || !transaction.payload().containsKey(roomField(model).name())) {
            return Optional.empty();
        }
        return Optional.of(requireMember(group(model, transaction)).name());
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
