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
import dev.lockstep.collection.FieldModel;
import dev.lockstep.wire.strata.StrataChanges.Impossible;
import dev.lockstep.wire.strata.frame.StrataFrames.Outcome;
import dev.lockstep.wire.strata.request.StrataRequests.Transaction;
import dev.lockstep.wire.strata.request.SubmissionOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one request: each a mutation of its own, submitted in their {@link SubmissionOrder} without waiting in
 * between (contract, section 1.4). Rows name their room, not the request; a transaction whose row has gone elsewhere meanwhile
 * looks for it again. Belongs to one request, one thread at a time.
 */
final class MutateTransactions {
    /** How often a row is looked for again that was not where it was found. After it, it counts as not there. */
    static final int LOOKED_AGAIN_MAX = 3;

    private static final String NOT_FOUND = "Invalid mutation: record not found";
    private static final String NO_GROUP = "Invalid mutation: missing required group identifier";
    private static final String DENIED = "Access denied";

    private final Caller caller;
    private final Set<RoomId> rooms;
    private final AccessContext context;
    private final Map<RoomId, AccessContext> contexts = new HashMap<>();
    private final Map<String, CollectionModel> models = new HashMap<>();
    private final Ports ports;
    private final List<Task> tasks = new ArrayList<>();
    private final Map<Row, RoomId> places = new HashMap<>();

    /** Where a batch goes. */
    record Ports(
            Function<Map<CollectionModel, Set<EntityId>>, Map<CollectionModel, Map<EntityId, RoomId>>> whereabouts,
            Function<Mutation, CompletionStage<MutationResult>> mutations,
            Consumer<Runnable> together,
            Function<Collection<MutationId>, Map<MutationId, MutationResult>> repeats,
            Executor executor) {}

    private record Row(CollectionModel model, EntityId id) {}

    /** A transaction, and what became of it. */
    private static final class Task {
        private final Transaction transaction;
        private @Nullable Row row;
        private String unless = NOT_FOUND;
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

    /** @param groups those that the caller is in */
    MutateTransactions(
            Caller caller, List<String> groups, AccessContext context, List<CollectionModel> models, Ports ports) {
        this.caller = caller;
        this.rooms = groups.stream().map(group -> Groups.room(caller, group)).collect(Collectors.toSet());
        this.context = context;
        this.ports = ports;
        models.forEach(model -> this.models.put(model.name().value(), model));
    }

    /**
     * Does them all. Blocks on the database. The stage fails with a {@code SyncException} if one of them could not be
     * done for now: the client sends all of them again.
     */
    CompletionStage<List<Outcome>> run(List<Transaction> transactions) {
        transactions.forEach(each -> tasks.add(new Task(each)));
        tasks.forEach(this::find);
        locate(tasks);
        List<SubmissionOrder.Step> steps = tasks.stream().map(Task::step).toList();
        ports.together().accept(() -> SubmissionOrder.of(steps).forEach(place -> submit(tasks.get(place))));
        findRepeats();
        return answered(LOOKED_AGAIN_MAX);
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
            task.row = new Row(model, StrataChanges.row(model, task.transaction));
        } catch (Impossible impossible) {
            task.fail(impossible.message());
        }
    }

    private void locate(List<Task> some) {
        Map<CollectionModel, Set<EntityId>> wanted = new HashMap<>();
        for (Task task : some) {
            Row row = task.row;
            if (row != null && task.transaction.action() != Operation.INSERT) {
                wanted.computeIfAbsent(row.model(), first -> new HashSet<>()).add(row.id());
            }
        }
        ports.whereabouts()
                .apply(wanted)
                .forEach((model, found) -> found.forEach((id, room) -> places.put(new Row(model, id), room)));
    }

    private void submit(Task task) {
        Row row = task.row;
        if (row == null || task.outcome != null) {
            return;
        }
        RoomId found = places.get(row);
        boolean isThere =
                task.transaction.action() == Operation.INSERT || (found != null && isOpen(row.model(), found));
        task.unless = found == null || isThere ? NOT_FOUND : DENIED;
        try {
            Optional<String> moveTo = moveTo(row, task.transaction);
            RoomId room = room(row, task.transaction);
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
            expect(row, room, moveTo, task.transaction.action());
        } catch (Impossible impossible) {
            task.fail(isThere ? impossible.message() : task.unless);
        }
    }

    /** A transaction that can no longer be asked for may have been done before: the caller has left the group, or the model is gone. */
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

    /** Where those after it in the batch find the row. */
    private void expect(Row row, RoomId room, Optional<String> moveTo, Operation action) {
        if (action == Operation.INSERT) {
            places.put(row, room);
        } else {
            moveTo.ifPresent(name -> places.put(row, new RoomId(caller.application(), name)));
        }
    }

    /**
     * The room that the transaction is asked for in. Where there is no row that the caller may change, it is asked for in
     * his own room all the same, in which there is none either: it may have been done before, and has its answer then.
     */
    private RoomId room(Row row, Transaction transaction) throws Impossible {
        if (transaction.action() == Operation.INSERT) {
            return roomOfNew(row, transaction);
        }
        RoomId found = places.get(row);
        if (found != null && isOpen(row.model(), found)) {
            return found;
        }
        return row.model().isSingleTenant()
                ? RoomId.shared(caller.application())
                : RoomId.own(caller.application(), caller.subject().orElse(""));
    }

    private RoomId roomOfNew(Row row, Transaction transaction) throws Impossible {
        CollectionModel model = row.model();
        if (model.isSingleTenant()) {
            return RoomId.shared(caller.application());
        }
        return requireMember(
                model.hasOwnRooms() ? new RoomId(caller.application(), row.id().value()) : group(model, transaction));
    }

    private Optional<String> moveTo(Row row, Transaction transaction) throws Impossible {
        CollectionModel model = row.model();
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

    private RoomId group(CollectionModel model, Transaction transaction) throws Impossible {
        String field = roomField(model).name();
        if (!(transaction.payload().get(field) instanceof String group) || group.isEmpty()) {
            throw new Impossible(NO_GROUP);
        }
        try {
            return Groups.room(caller, group);
        } catch (IllegalArgumentException noRoom) {
            throw new Impossible(field + ": " + noRoom.getMessage());
        }
    }

    private RoomId requireMember(RoomId room) throws Impossible {
        if (!rooms.contains(room)) {
            throw new Impossible(DENIED);
        }
        return room;
    }

    private boolean isOpen(CollectionModel model, RoomId room) {
        return model.isSingleTenant() || rooms.contains(room);
    }

    private CompletionStage<List<Outcome>> answered(int again) {
        CompletableFuture<?>[] results = tasks.stream()
                .map(task -> task.result)
                .filter(result -> result != null)
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(results)
                .handle((all, fault) -> unfound())
                .thenCompose(unfound -> unfound.isEmpty() || again == 0
                        ? CompletableFuture.completedStage(outcomes())
                        : CompletableFuture.supplyAsync(() -> locateAgain(unfound), ports.executor())
                                .thenCompose(found ->
                                        found ? answered(again - 1) : CompletableFuture.completedStage(outcomes())));
    }

    /** Those that found no row where they were asked for. */
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

    /** Whether one of them is asked for anew: elsewhere, or where its row has come back to. */
    private boolean locateAgain(List<Task> unfound) {
        unfound.forEach(task -> places.remove(task.row));
        locate(unfound);
        boolean found = false;
        for (Task task : unfound) {
            RoomId now = places.get(task.row);
            if (now != null && task.row != null && isOpen(task.row.model(), now) && !isOvertaken(task, unfound)) {
                submit(task);
                found = true;
            }
        }
        return found;
    }

    /** A later one has found the row meanwhile: the client would see its older change done last. */
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
                        ? Outcome.done(id, applied.last(), applied.warnings())
                        : Outcome.failed(id, task.unless);
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
