package dev.lockstep.mutation.handled;

import dev.lockstep.api.Mutations;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowReader;
import dev.lockstep.database.Transactions;
import dev.lockstep.handler.CopiedRows;
import dev.lockstep.log.ActionLog;
import dev.lockstep.mutation.batch.BatchWriter;
import dev.lockstep.mutation.batch.IdempotencyLookup;
import dev.lockstep.mutation.handled.ChangeHandling.Handled;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The parts of one node that make changes by handlers. Thread-safe. */
public final class HandlerComponents {
    private final HandledMutations mutations;
    private final RoomCopies copies;
    private final IntentRecovery recovery;

    /** The services that the parts use. */
    public record Environment(
            Transactions transactions, ActionLog log, InstantSource clock, Function<Object, Executor> executors) {}

    /**
     * The parts.
     *
     * @param writer writes the effects, and the mutations of all other collections
     */
    public HandlerComponents(
            BatchWriter writer, HandledMutations.Collections collections, RowReader reader, Environment runtime) {
        this(writer, collections, reader, runtime, new HandlerCalls(runtime.executors()));
    }

    HandlerComponents(
            BatchWriter writer,
            HandledMutations.Collections collections,
            RowReader reader,
            Environment runtime,
            HandlerCalls calls) {
        KeyedSerialExecutor serial = new KeyedSerialExecutor();
        Transactions transactions = runtime.transactions();
        EffectWriter effects = new EffectWriter(writer, collections.registry(), reader, transactions);
        ChangeHandling handling = new ChangeHandling(
                transactions, new IdempotencyLookup(transactions, runtime.log()), effects, calls, runtime.clock());
        mutations = new HandledMutations(writer, collections, serial, calls, handling);
        copies = new RoomCopies(
                (CollectionModel model) ->
                        collections.handlers().apply(model).map(handler -> new Handled(model, handler)),
                transactions,
                effects,
                serial,
                calls,
                runtime.clock());
        recovery = new IntentRecovery(collections, handling, serial, calls, runtime.clock());
    }

    /** The mutations of all collections. */
    public Mutations mutations() {
        return mutations;
    }

    /** The copies of the handlers' rows. */
    public CopiedRows copies() {
        return copies;
    }

    /** Makes changes whose outcome is open. */
    public IntentRecovery recovery() {
        return recovery;
    }
}
