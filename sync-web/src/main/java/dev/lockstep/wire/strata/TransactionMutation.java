package dev.lockstep.wire.strata;

import dev.lockstep.access.routing.RowMutation;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.wire.strata.StrataChanges.InvalidChange;
import dev.lockstep.wire.strata.request.StrataRequests.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A transaction as the mutation of its row. Belongs to one request; used by one thread at a time. */
final class TransactionMutation implements RowMutation {
    /** The error of a transaction whose row does not exist. */
    static final String NOT_FOUND = "Invalid mutation: record not found";

    private final Caller caller;
    private final Transaction transaction;
    private final RowKey row;
    private final TransactionRooms rooms;
    private final Function<RoomId, AccessContext> contexts;
    private String unfound = NOT_FOUND;
    private Optional<String> fault = Optional.empty();

    /** @param contexts the access context of the request in each room */
    TransactionMutation(
            Caller caller,
            Transaction transaction,
            RowKey row,
            TransactionRooms rooms,
            Function<RoomId, AccessContext> contexts) {
        this.caller = caller;
        this.transaction = transaction;
        this.row = row;
        this.rooms = rooms;
        this.contexts = contexts;
    }

    @Override
    public RowKey row() {
        return row;
    }

    @Override
    public boolean isInsert() {
        return transaction.action() == Operation.INSERT;
    }

    @Override
    public boolean mayWriteIn(RoomId located) {
        return rooms.isAccessible(row.model(), located);
    }

    @Override
    public Optional<Mutation> in(Optional<RoomId> located) {
        boolean isAccessible = isInsert() || located.filter(this::mayWriteIn).isPresent();
        unfound = isAccessible || located.isEmpty() ? NOT_FOUND : TransactionRooms.DENIED;
        try {
            return Optional.of(mutation(located));
        } catch (InvalidChange invalid) {
            fault = Optional.of(isAccessible ? invalid.message() : unfound);
            return Optional.empty();
        }
    }

    private Mutation mutation(Optional<RoomId> located) throws InvalidChange {
        Optional<String> moveTo = rooms.moveTo(row.model(), transaction);
        RoomId room = rooms.of(row, transaction, located);
        Change change = StrataChanges.change(row.model(), transaction, row.id(), moveTo);
        return new Mutation(
                caller,
                room,
                transaction.action(),
                List.of(change),
                Optional.empty(),
                Optional.of(transaction.mutationId()),
                List.of(),
                contexts.apply(room));
    }

    /** The error of a transaction that was invalid when it was to be submitted last. */
    Optional<String> fault() {
        return fault;
    }

    /** The error of a mutation that found no row. */
    String unfound() {
        return unfound;
    }
}
