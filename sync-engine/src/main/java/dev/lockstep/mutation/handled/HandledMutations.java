package dev.lockstep.mutation.handled;

import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.handler.CollectionHandler;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.handler.Handlers;
import dev.lockstep.mutation.MutationValidator;
import dev.lockstep.mutation.handled.ChangeHandling.Handled;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Mutations of all collections: those of collections with a handler are made by it, one after another in each room; all others
 * go to the batch writer. Thread-safe.
 */
public final class HandledMutations implements Mutations {
    /** Longest wait for the changes before it in the room. After it, a mutation is refused as retryable, and not made. */
    static final Duration WAIT_MAX = Duration.ofSeconds(8);

    /** The client part of ids that the server gives to mutations without one. */
    private static final String OWN = "handler";

    private final Mutations stored;
    private final Collections collections;
    private final KeyedSerialExecutor serial;
    private final HandlerCalls calls;
    private final ChangeHandling handling;

    /** The deployment's collections and their handlers. */
    public record Collections(
            CollectionRegistry registry,
            Function<CollectionModel, Optional<CollectionHandler>> handlers,
            EntityIds ids,
            MutationValidator validator) {
        /** The collections of a deployment. */
        public static Collections of(
                CollectionRegistry registry, Handlers handlers, EntityIds ids, MutationValidator validator) {
            return new Collections(registry, model -> handlers.find(model.application(), model.name()), ids, validator);
        }

        Optional<Handled> handled(String application, CollectionName name) {
            return registry.find(application, name)
                    .flatMap(model -> handlers.apply(model).map(handler -> new Handled(model, handler)));
        }
    }

    HandledMutations(
            Mutations stored,
            Collections collections,
            KeyedSerialExecutor serial,
            HandlerCalls calls,
            ChangeHandling handling) {
        this.stored = stored;
        this.collections = collections;
        this.serial = serial;
        this.calls = calls;
        this.handling = handling;
    }

    @Override
    public CompletionStage<MutationResult> submit(Mutation mutation) {
        Optional<Handled> handled = mutation.append().isPresent()
                ? Optional.empty()
                : mutation.collections().stream()
                        .flatMap(name -> collections.handled(mutation.room().application(), name).stream())
                        .findFirst();
        return handled.isEmpty() ? stored.submit(mutation) : make(handled.get(), mutation);
    }

    @Override
    public void together(Runnable submitting) {
        stored.together(submitting);
    }

    private CompletionStage<MutationResult> make(Handled handled, Mutation mutation) {
        Intent intent;
        try {
            collections.validator().prepare(mutation);
            intent = intent(handled.model(), mutation);
        } catch (SyncException refused) {
            return CompletableFuture.completedStage(new MutationResult.Refused(refused.refusal()));
        }
        CompletableFuture<MutationResult> answer = new CompletableFuture<>();
        long since = System.nanoTime();
        boolean isAdded = serial.add(
                intent.room(),
                calls.steps(intent.room()),
                () -> {
                    if (System.nanoTime() - since > WAIT_MAX.toNanos()) {
                        answer.complete(refused(
                                ErrorCode.UNAVAILABLE, "The changes before it took too long; send the request again"));
                        return CompletableFuture.completedStage(null);
                    }
                    return handling.make(handled, intent, mutation.caller(), mutation.conditions(), answer);
                },
                failure -> answer.complete(
                        refused(ErrorCode.UNAVAILABLE, "The change was interrupted; send the request again")));
        if (!isAdded) {
            answer.complete(refused(
                    ErrorCode.OVERLOADED,
                    "Too many changes of the room wait for its store; send the request again later"));
        }
        return answer;
    }

    private static MutationResult refused(ErrorCode code, String message) {
        return new MutationResult.Refused(new Refusal(code, message));
    }

    /** @throws SyncException if the handler cannot make the mutation */
    private Intent intent(CollectionModel model, Mutation mutation) {
        Change change = mutation.changes().getFirst();
        if (mutation.changes().size() > 1
                || (change instanceof Change.Update update && update.room().isPresent())) {
            throw new SyncException(
                    ErrorCode.NOT_SUPPORTED,
                    "The rows of collection '" + model.name()
                            + "' are kept by another store: change them one at a time, and within their room");
        }
        MutationId id = mutation.id()
                .orElseGet(() -> new MutationId(OWN, collections.ids().next().value()));
        return new Intent(
                model.roomOf(mutation.room()),
                model.name(),
                row(model, change),
                operation(change),
                fields(model, change),
                mutation.scope(),
                mutation.caller().subject(),
                id);
    }

    private EntityId row(CollectionModel model, Change change) {
        return switch (change) {
            case Change.Insert insert ->
                insert.id() != null && model.clientIds()
                        ? insert.id()
                        : collections.ids().next();
            case Change.Update update -> update.id();
            case Change.Delete delete -> delete.id();
            case Change.Archive archive -> archive.id();
            case Change.Unarchive unarchive -> unarchive.id();
            case Change.Append append -> throw new IllegalArgumentException("an append has no row");
        };
    }

    private static Operation operation(Change change) {
        return switch (change) {
            case Change.Insert insert -> Operation.INSERT;
            case Change.Delete delete -> Operation.DELETE;
            default -> Operation.UPDATE;
        };
    }

    private static Map<String, @Nullable Object> fields(CollectionModel model, Change change) {
        return switch (change) {
            case Change.Insert insert -> known(model, insert.fields(), FieldModel::isWrittenByInserts);
            case Change.Update update -> known(model, update.fields(), FieldModel::isWrittenByUpdates);
            default -> Map.of();
        };
    }

    /** The values that clients may write. */
    private static Map<String, @Nullable Object> known(
            CollectionModel model, Map<String, @Nullable Object> sent, Predicate<FieldModel> isWritten) {
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        sent.forEach((name, value) -> {
            if (model.named(name).filter(isWritten).isPresent()) {
                known.put(name, value);
            }
        });
        return known;
    }
}
