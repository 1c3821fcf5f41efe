package dev.lockstep.mutation.handled;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.Condition;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Row;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.handler.CollectionHandler;
import dev.lockstep.api.handler.HandledChange;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.mutation.batch.IdempotencyLookup;
import dev.lockstep.mutation.handled.IntentTable.Open;
import dev.lockstep.trace.RecurringFault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Makes a change by its handler: writes the intent, calls the handler, logs the effect as the result of the mutation's id, and
 * deletes the intent. Whatever ends the way in between leaves the intent, and the same change, made again, continues it.
 * Thread-safe.
 */
final class ChangeHandling {
    private static final Logger LOG = System.getLogger(ChangeHandling.class.getName());

    private final RecurringFault faults = new RecurringFault(
            LOG, Level.WARNING, "A handler did not make a change; its outcome is open, and the change is made again");
    private final IntentTable intents = new IntentTable();
    private final Transactions transactions;
    private final IdempotencyLookup results;
    private final EffectWriter effects;
    private final HandlerCalls calls;
    private final InstantSource clock;

    ChangeHandling(
            Transactions transactions,
            IdempotencyLookup results,
            EffectWriter effects,
            HandlerCalls calls,
            InstantSource clock) {
        this.transactions = transactions;
        this.results = results;
        this.effects = effects;
        this.calls = calls;
        this.clock = clock;
    }

    /** A collection and its handler. */
    record Handled(CollectionModel model, CollectionHandler handler) {}

    /** The outcome of a handler's call. */
    private sealed interface Outcome {
        record Stored(Map<String, @Nullable Object> row) implements Outcome {}

        record Missing() implements Outcome {}

        record Deleted() implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}
    }

    /**
     * Makes a change. Blocks on the database.
     *
     * @param caller the caller of this request, which may be the first or a repeated one
     * @param conditions conditions for the copied row
     * @param answer receives the result as soon as it is durable
     * @return completes when the intent is settled
     */
    CompletionStage<?> make(
            Handled handled,
            Intent intent,
            Caller caller,
            List<Condition> conditions,
            CompletableFuture<MutationResult> answer) {
        Optional<MutationResult> first = firstResult(intent);
        if (first.isPresent()) {
            answer.complete(first.get());
            return settled(intent);
        }
        Optional<Refusal> unmet = unmet(handled.model(), intent, conditions);
        if (unmet.isPresent()) {
            answer.complete(new MutationResult.Refused(unmet.get()));
            return CompletableFuture.completedStage(null);
        }
        Optional<Open> open = claim(intent);
        if (open.isEmpty()) {
            answer.complete(new MutationResult.Refused(new Refusal(
                    ErrorCode.UNAVAILABLE, "An earlier change of the row is still open; send the request again")));
            return CompletableFuture.completedStage(null);
        }
        return makeClaimed(handled, open.get(), caller, answer);
    }

    /** Continues an intent that this node has taken over, unless its effect is logged. Blocks on the database. */
    CompletionStage<?> continueAfterCrash(Handled handled, Open open, CompletableFuture<MutationResult> answer) {
        if (firstResult(open.intent()).isPresent()) {
            return settled(open.intent());
        }
        LOG.log(
                Level.INFO,
                "application={0}: a change of collection {1}, row {2} is made again by its handler; attempt {3}",
                open.intent().room().application(),
                open.intent().collection(),
                open.intent().row(),
                open.attempts());
        // The intent has no claims: they may be secret, and may have expired.
        Caller caller =
                new Caller(open.intent().room().application(), open.intent().subject(), Map.of(), Optional.empty());
        return makeClaimed(handled, open, caller, answer);
    }

    private CompletionStage<?> makeClaimed(
            Handled handled, Open open, Caller caller, CompletableFuture<MutationResult> answer) {
        Intent intent = open.intent();
        Executor steps = calls.steps(intent.room());
        CompletableFuture<MutationResult> logged = calls.call(intent.room(), () -> call(handled, open, caller))
                .thenComposeAsync(outcome -> log(handled.model(), intent, outcome), steps);
        CompletableFuture<?> settled = logged.handleAsync(
                (result, failure) -> {
                    if (failure == null && !isOpen(result)) {
                        faults.succeeded();
                        return forget(intent);
                    }
                    note(intent, failure == null ? String.valueOf(result) : describe(cause(failure)));
                    return false;
                },
                steps);
        // On the thread that completes the result, so that the answer precedes the frames.
        var unused = logged.whenComplete((result, failure) -> {
            if (failure == null) {
                answer.complete(result);
            } else {
                faults.failed(cause(failure));
                answer.complete(new MutationResult.Refused(new Refusal(
                        ErrorCode.UNAVAILABLE,
                        "The store of collection '" + intent.collection()
                                + "' did not answer; send the request again")));
            }
        });
        return settled;
    }

    /** The result that is stored for the mutation's id; its rows are those of its effect. */
    Optional<MutationResult> firstResult(Intent intent) {
        return results.firstResult(intent.effect(request(intent)), false);
    }

    private static Change request(Intent intent) {
        return switch (intent.operation()) {
            case INSERT -> new Change.Insert(intent.collection(), intent.row(), intent.fields());
            case DELETE -> new Change.Delete(intent.collection(), intent.row());
            default -> new Change.Update(intent.collection(), intent.row(), intent.fields());
        };
    }

    private Optional<Refusal> unmet(CollectionModel model, Intent intent, List<Condition> conditions) {
        if (conditions.isEmpty()) {
            return Optional.empty();
        }
        Optional<RowImage> row =
                effects.copied(model, intent.row()).filter(image -> image.room().equals(model.roomOf(intent.room())));
        for (Condition condition : conditions) {
            switch (condition) {
                case Condition.Owned owned -> {
                    if (row.isPresent() && !row.get().owner().equals(intent.subject())) {
                        return Optional.of(Refusal.forbidden("Forbidden: you do not own this resource"));
                    }
                }
                case Condition.Unchanged unchanged -> {
                    Optional<String> seen = unchanged.seen().map(Row::json);
                    if (unchanged.id().equals(intent.row())
                            && !row.map(image -> image.row().json()).equals(seen)) {
                        return Optional.of(new Refusal(
                                ErrorCode.ROW_CHANGED, "The row changed meanwhile; send the request again"));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The intent, written or taken over from an earlier attempt; empty if another change of the row is open. */
    private Optional<Open> claim(Intent intent) {
        Optional<Open> known = transactions.run(scope -> intents.find(scope.connection(), intent));
        if (known.isEmpty()) {
            try {
                transactions.run(scope -> {
                    intents.insert(scope.connection(), intent, nowMicros());
                    return intent;
                });
                return Optional.of(new Open(intent, 1));
            } catch (TransactionFailed e) {
                if (!e.isRolledBack()) {
                    throw e;
                }
                return Optional.empty(); // another node has written one at the same time
            }
        }
        return known.filter(open -> open.intent().isOf(intent))
                .filter(this::takeOver)
                .map(this::again);
    }

    /** Whether this node continues an intent. */
    boolean takeOver(Open open) {
        return transactions.run(scope -> intents.takeOver(scope.connection(), open, nowMicros()));
    }

    private Open again(Open open) {
        return new Open(open.intent(), open.attempts() + 1);
    }

    /** Intents that no node has tried for some time. */
    List<Open> abandoned(Instant since, int most) {
        return transactions.run(
                scope -> intents.abandoned(scope.connection(), ChronoUnit.MICROS.between(Instant.EPOCH, since), most));
    }

    private static Outcome call(Handled handled, Open open, Caller caller) {
        Intent intent = open.intent();
        HandledChange change =
                new HandledChange(intent.handlerId(), intent.room(), intent.row(), caller, open.attempts() > 1);
        try {
            return switch (intent.operation()) {
                case INSERT -> new Outcome.Stored(handled.handler().create(change, intent.fields()));
                case DELETE -> {
                    handled.handler().delete(change);
                    yield new Outcome.Deleted();
                }
                default ->
                    handled.handler()
                            .update(change, intent.fields())
                            .<Outcome>map(Outcome.Stored::new)
                            .orElseGet(Outcome.Missing::new);
            };
        } catch (SyncException refused) {
            if (refused.refusal().code().retryable()) {
                throw refused;
            }
            return new Outcome.Refused(refused.refusal());
        }
    }

    private CompletionStage<MutationResult> log(CollectionModel model, Intent intent, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored stored -> effects.stored(model, intent, id(model, intent, stored.row()), stored.row());
            case Outcome.Missing missing -> effects.missing(model, intent);
            case Outcome.Deleted deleted -> effects.deleted(model, intent);
            case Outcome.Refused refused ->
                CompletableFuture.completedStage(new MutationResult.Refused(refused.refusal()));
        };
    }

    /** A store may give a new row its own id, unless clients choose ids. */
    private static EntityId id(CollectionModel model, Intent intent, Map<String, @Nullable Object> row) {
        return intent.operation() == Operation.INSERT
                        && !model.clientIds()
                        && row.get(model.idField().name()) instanceof String made
                ? new EntityId(made)
                : intent.row();
    }

    private static boolean isOpen(MutationResult result) {
        return result instanceof MutationResult.Refused refused
                && refused.refusal().code().retryable();
    }

    private CompletionStage<?> settled(Intent intent) {
        return CompletableFuture.completedStage(forget(intent));
    }

    private boolean forget(Intent intent) {
        return transactions.run(scope -> {
            intents.delete(scope.connection(), intent);
            return true;
        });
    }

    private void note(Intent intent, String failure) {
        transactions.run(scope -> {
            intents.note(scope.connection(), intent, failure);
            return intent;
        });
    }

    private static String describe(Throwable failure) {
        return failure.getClass().getSimpleName() + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}
