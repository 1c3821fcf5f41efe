package dev.lockstep.wire.strata;

import dev.lockstep.access.Groups;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.wire.strata.StrataChanges.InvalidChange;
import dev.lockstep.wire.strata.TransactionRooms.RowKey;
import dev.lockstep.wire.strata.frame.StrataAnswers.Outcome;
import dev.lockstep.wire.strata.request.StrataRequests.Transaction;
import dev.lockstep.wire.strata.request.SubmissionOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Execution of the transactions of one request (contract, section 1.4). Each is a mutation, and they are submitted in their
 * {@link SubmissionOrder} without waits in between. The room of a mutation is the room of its row; a transaction whose row has
 * moved meanwhile is submitted again. Belongs to one request; used by one thread at a time.
 */
final class MutateTransactions {
    /** Most repeated lookups of a row that was no longer in the room of its lookup. After them, it counts as missing. */
    static final int LOOKUPS_REPEATED_MAX = 3;

    private static final String NOT_FOUND = "Invalid mutation: record not found";

    private final Caller caller;
    private final TransactionRooms rooms;
    private final AccessContext context;
    private final Map<RoomId, AccessContext> contexts = new HashMap<>();
    private final Map<String, CollectionModel> models = new HashMap<>();
    private final Ports ports;
    private final List<Task> tasks = new ArrayList<>();

    /**
     * The operations that the transactions need.
     *
     * @param roomsOfRows finds the rooms of rows
     * @param mutations submits a mutation
     * @param together runs a block whose mutations are submitted as one unit
     * @param repeats finds the stored results of mutations
     * @param executor runs repeated lookups, which block
     */
    record Ports(
            Function<Map<CollectionModel, Set<EntityId>>, Map<CollectionModel, Map<EntityId, RoomId>>> roomsOfRows,
            Function<Mutation, CompletionStage<MutationResult>> mutations,
            Consumer<Runnable> together,
            Function<Collection<MutationId>, Map<MutationId, MutationResult>> repeats,
            Executor executor) {}

    /** A transaction and its result. */
    private static final class Task {
        private final Transaction transaction;
        private @Nullable RowKey row;
        private String failure = NOT_FOUND;
        private @Nullable CompletableFuture<MutationResult> result;
        private @Nullable Outcome outcome;

        Task(Transaction transaction) {
            this.transaction = transaction;
        }

        SubmissionOrder.Step step() {
            return new SubmissionOrder.Step(
                    Optional.ofNullable(row)
                            .map(found ->
                                    new SubmissionOrder.ClientRow(transaction.clientId(), found.model(), found.id())),
                    transaction.action());
        }

        void fail(String message) {
            outcome = Outcome.failed(transaction.clientTxId(), message);
        }
    }

    /** @param groups the caller's groups */
    MutateTransactions(
            Caller caller, List<String> groups, AccessContext context, List<CollectionModel> models, Ports ports) {
        this.caller = caller;
        this.rooms = new TransactionRooms(caller, groups, ports.roomsOfRows());
        this.context = context;
        this.ports = ports;
        models.forEach(model -> this.models.put(model.name().value(), model));
    }

    /**
     * Executes all transactions. Blocks on the database. The stage fails with a {@code SyncException} if one of them was
     * refused as retryable; the client then sends all of them again.
     */
    CompletionStage<List<Outcome>> run(List<Transaction> transactions) {
        transactions.forEach(each -> tasks.add(new Task(each)));
        tasks.forEach(this::find);
        locate(tasks);
        List<SubmissionOrder.Step> steps = tasks.stream().map(Task::step).toList();
        ports.together().accept(() -> SubmissionOrder.of(steps).forEach(index -> submit(tasks.get(index))));
        findRepeats();
        return results(LOOKUPS_REPEATED_MAX);
    }

    private void find(Task task) {
        if (task.transaction.fault().isPresent()) {
            task.fail(task.transaction.fault().get());
            return;
        }
        CollectionModel model = models.get(task.transaction.modelName());
        if (model == null) {
            task.fail("Unknown model: " + task.transaction.modelName());
            return;
        }
        try {
            task.row = new RowKey(model, StrataChanges.row(model, task.transaction));
        } catch (InvalidChange invalid) {
            task.fail(invalid.message());
        }
    }

    private void locate(List<Task> some) {
        rooms.locate(some.stream()
                .filter(task -> task.transaction.action() != Operation.INSERT)
                .flatMap(task -> Stream.ofNullable(task.row))
                .toList());
    }

    private void submit(Task task) {
        RowKey row = task.row;
        if (row == null || task.outcome != null) {
            return;
        }
        boolean isAccessible = task.transaction.action() == Operation.INSERT || rooms.isAccessible(row);
        task.failure = isAccessible || !rooms.isLocated(row) ? NOT_FOUND : TransactionRooms.DENIED;
        try {
            Optional<String> moveTo = rooms.moveTo(row, task.transaction);
            RoomId room = rooms.of(row, task.transaction);
            Change change = StrataChanges.change(row.model(), task.transaction, row.id(), moveTo);
            task.result = submitted(new Mutation(
                    caller,
                    room,
                    task.transaction.action(),
                    List.of(change),
                    Optional.empty(),
                    Optional.of(task.transaction.mutationId()),
                    List.of(),
                    contexts.computeIfAbsent(room, first -> Groups.contextOfOtherRoom(context))));
            rooms.written(row, room, moveTo, task.transaction.action());
        } catch (InvalidChange invalid) {
            task.fail(isAccessible ? invalid.message() : task.failure);
        }
    }

    /**
     * Finds stored results of transactions that are refused now. Their mutation may have been done before the caller left the
     * group, or before the model was removed.
     */
    private void findRepeats() {
        Map<MutationId, Task> refused = new HashMap<>();
        tasks.stream()
                .filter(task ->
                        task.outcome != null && !task.transaction.clientId().isEmpty())
                .forEach(task -> refused.put(task.transaction.mutationId(), task));
        if (!refused.isEmpty()) {
            ports.repeats().apply(refused.keySet()).forEach((id, result) -> {
                Task task = refused.get(id);
                if (task != null) {
                    task.outcome = null;
                    task.result = CompletableFuture.completedFuture(result);
                }
            });
        }
    }

    private CompletableFuture<MutationResult> submitted(Mutation mutation) {
        try {
            return ports.mutations().apply(mutation).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<List<Outcome>> results(int repeatsLeft) {
        CompletableFuture<?>[] results = tasks.stream()
                .map(task -> task.result)
                .filter(result -> result != null)
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(results)
                .handle((all, fault) -> unfound())
                .thenCompose(unfound -> unfound.isEmpty() || repeatsLeft == 0
                        ? CompletableFuture.completedStage(outcomes())
                        : CompletableFuture.supplyAsync(() -> locateAgain(unfound), ports.executor())
                                .thenCompose(found -> found
                                        ? results(repeatsLeft - 1)
                                        : CompletableFuture.completedStage(outcomes())));
    }

    /** The transactions that found no row in their room. */
    private List<Task> unfound() {
        return tasks.stream()
                .filter(task -> task.outcome == null
                        && result(task) instanceof MutationResult.Applied applied
                        && !applied.last().isAfter(Seq.START)
                        && !applied.repeated())
                .toList();
    }

    private static MutationResult result(Task task) {
        CompletableFuture<MutationResult> result = task.result;
        if (result == null) {
            throw new IllegalStateException("a transaction without result and outcome");
        }
        try {
            return result.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof SyncException refused) {
                return new MutationResult.Refused(refused.refusal());
            }
            throw failed;
        }
    }

    /** Looks their rows up again, and submits those that were found. Whether one was submitted. */
    private boolean locateAgain(List<Task> unfound) {
        unfound.stream().flatMap(task -> Stream.ofNullable(task.row)).forEach(rooms::forget);
        locate(unfound);
        boolean found = false;
        for (Task task : unfound) {
            if (task.row != null && rooms.isAccessible(task.row) && !isOvertaken(task, unfound)) {
                submit(task);
                found = true;
            }
        }
        return found;
    }

    /** Whether a later transaction has changed the row meanwhile. The older change must not be applied after it. */
    private boolean isOvertaken(Task task, List<Task> unfound) {
        return tasks.subList(tasks.indexOf(task) + 1, tasks.size()).stream()
                .anyMatch(later -> Objects.equals(later.row, task.row)
                        && later.outcome == null
                        && !unfound.contains(later)
                        && result(later) instanceof MutationResult.Applied);
    }

    private List<Outcome> outcomes() {
        return tasks.stream().map(this::outcome).toList();
    }

    private Outcome outcome(Task task) {
        Outcome known = task.outcome;
        if (known != null) {
            return known;
        }
        String id = task.transaction.clientTxId();
        return switch (result(task)) {
            case MutationResult.Applied applied ->
                applied.last().isAfter(Seq.START)
                        ? Outcome.applied(id, applied.last(), applied.warnings())
                        : Outcome.failed(id, task.failure);
            case MutationResult.Refused refused -> Outcome.failed(id, message(task, refused.refusal()));
        };
    }

    private static String message(Task task, Refusal refusal) {
        if (refusal.code().retryable()) {
            throw new SyncException(refusal);
        }
        return refusal.code() == ErrorCode.NOT_SUPPORTED
                ? StrataChanges.unsupported(task.transaction.action()).message()
                : refusal.message();
    }
}
