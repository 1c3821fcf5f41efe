package dev.lockstep.wire.strata;

import dev.lockstep.access.Groups;
import dev.lockstep.access.routing.RowMutation;
import dev.lockstep.access.routing.RowMutation.RowKey;
import dev.lockstep.access.routing.RowRouter;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.wire.strata.StrataChanges.InvalidChange;
import dev.lockstep.wire.strata.frame.StrataAnswers.Outcome;
import dev.lockstep.wire.strata.request.StrataRequests.Transaction;
import dev.lockstep.wire.strata.request.SubmissionOrder;
import dev.lockstep.wire.strata.request.SubmissionOrder.ClientRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Execution of the transactions of one request (contract, section 1.4). Each is a mutation in the room of its row, and they
 * are submitted in their {@link SubmissionOrder}. Belongs to one request; used by one thread at a time.
 */
final class MutateTransactions {
    private final Caller caller;
    private final TransactionRooms rooms;
    private final AccessContext context;
    private final Map<RoomId, AccessContext> contexts = new HashMap<>();
    private final Map<String, CollectionModel> models;
    private final Ports ports;

    /**
     * The operations that the transactions need.
     *
     * @param router submits the mutations of the request
     * @param repeats finds the stored results of mutations
     */
    record Ports(RowRouter router, Function<Collection<MutationId>, Map<MutationId, MutationResult>> repeats) {}

    /** A transaction, and its mutation or the error of an invalid one. */
    private record Task(Transaction transaction, Optional<TransactionMutation> mutation, String invalid) {
        SubmissionOrder.Step step() {
            return new SubmissionOrder.Step(
                    mutation.map(TransactionMutation::row)
                            .map(row -> new ClientRow(transaction.clientId(), row.model(), row.id())),
                    transaction.action());
        }

        /** The error of a transaction that is invalid now. */
        Optional<String> fault() {
            return mutation.isPresent() ? mutation.get().fault() : Optional.of(invalid);
        }
    }

    /** @param groups the caller's groups */
    MutateTransactions(
            Caller caller, List<String> groups, AccessContext context, List<CollectionModel> models, Ports ports) {
        this.caller = caller;
        this.rooms = new TransactionRooms(caller, groups);
        this.context = context;
        this.ports = ports;
        this.models =
                models.stream().collect(Collectors.toMap(model -> model.name().value(), Function.identity()));
    }

    /**
     * Executes all transactions. Blocks on the database. The stage fails with a {@code SyncException} if one of them was
     * refused as retryable; the client then sends all of them again.
     */
    CompletionStage<List<Outcome>> run(List<Transaction> transactions) {
        List<Task> tasks = transactions.stream().map(this::task).toList();
        ports.router()
                .submit(SubmissionOrder.of(tasks.stream().map(Task::step).toList()).stream()
                        .flatMap(index -> tasks.get(index).mutation().stream())
                        .toList());
        Map<MutationId, MutationResult> repeats = repeats(tasks);
        return ports.router()
                .results()
                .thenApply(results -> tasks.stream()
                        .map(task -> outcome(task, results, repeats))
                        .toList());
    }

    private Task task(Transaction transaction) {
        if (transaction.fault().isPresent()) {
            return new Task(transaction, Optional.empty(), transaction.fault().get());
        }
        CollectionModel model = models.get(transaction.modelName());
        if (model == null) {
            return new Task(transaction, Optional.empty(), "Unknown model: " + transaction.modelName());
        }
        try {
            RowKey row = new RowKey(model, StrataChanges.row(model, transaction));
            return new Task(
                    transaction,
                    Optional.of(new TransactionMutation(caller, transaction, row, rooms, this::context)),
                    "");
        } catch (InvalidChange invalid) {
            return new Task(transaction, Optional.empty(), invalid.message());
        }
    }

    private AccessContext context(RoomId room) {
        return contexts.computeIfAbsent(room, first -> Groups.contextOfOtherRoom(context));
    }

    /**
     * The stored results of transactions that are invalid now. Their mutation may have been done before the caller left the
     * group, or before the model was removed.
     */
    private Map<MutationId, MutationResult> repeats(List<Task> tasks) {
        Set<MutationId> invalid = tasks.stream()
                .filter(task -> task.fault().isPresent()
                        && !task.transaction().clientId().isEmpty())
                .map(task -> task.transaction().mutationId())
                .collect(Collectors.toSet());
        return invalid.isEmpty() ? Map.of() : ports.repeats().apply(invalid);
    }

    private static Outcome outcome(
            Task task, Map<RowMutation, MutationResult> results, Map<MutationId, MutationResult> repeats) {
        String id = task.transaction().clientTxId();
        Optional<String> fault = task.fault();
        MutationResult result = fault.isPresent()
                ? repeats.get(task.transaction().mutationId())
                : results.get(task.mutation().orElseThrow());
        return switch (result) {
            case null -> Outcome.failed(id, fault.orElseThrow());
            case MutationResult.Applied applied ->
                applied.last().isAfter(Seq.START)
                        ? Outcome.applied(id, applied.last(), applied.warnings())
                        : Outcome.failed(
                                id,
                                task.mutation()
                                        .map(TransactionMutation::unfound)
                                        .orElse(TransactionMutation.NOT_FOUND));
            case MutationResult.Refused refused -> Outcome.failed(id, message(task, refused.refusal()));
        };
    }

    private static String message(Task task, Refusal refusal) {
        if (refusal.code().retryable()) {
            throw new SyncException(refusal);
        }
        return refusal.code() == ErrorCode.NOT_SUPPORTED
                ? StrataChanges.unsupported(task.transaction().action()).message()
                : refusal.message();
    }
}
