package dev.lockstep.access.routing;

import dev.lockstep.access.routing.RowMutation.RowKey;
import dev.lockstep.api.Change;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Submission of a request's mutations in the rooms of their rows. One lookup locates all rows. A mutation that finds no row
 * in its room is submitted again after a repeated lookup: the row may have moved meanwhile. Belongs to one request; used by
 * one thread at a time.
 */
public final class RowRouter {
    /** Most repeated lookups for one request. A row that still is not in the room of its lookup counts as missing. */
    public static final int LOOKUPS_REPEATED_MAX = 3;

    private final Ports ports;
    private final Map<RowKey, RoomId> located = new HashMap<>();
    private final Map<RowMutation, CompletableFuture<MutationResult>> results = new LinkedHashMap<>();

    /**
     * The operations that a router needs.
     *
     * @param lookup finds the rooms of rows; blocks
     * @param mutations submits a mutation through the access chain
     * @param together runs a block whose mutations are submitted as one unit
     * @param executor runs repeated lookups, which block
     */
    public record Ports(
            Function<Map<CollectionModel, Set<EntityId>>, Map<CollectionModel, Map<EntityId, RoomId>>> lookup,
            Function<Mutation, CompletionStage<MutationResult>> mutations,
            Consumer<Runnable> together,
            Executor executor) {}

    public RowRouter(Ports ports) {
        this.ports = ports;
    }

    /**
     * Submits the mutations in this order, without waits in between. Blocks on the database.
     *
     * @throws SyncException as {@code UNAVAILABLE}, if the database does not respond; then nothing is submitted
     */
    public void submit(List<? extends RowMutation> mutations) {
        locate(mutations);
        ports.together().accept(() -> mutations.forEach(this::submit));
    }

    private void locate(List<? extends RowMutation> mutations) {
        Map<CollectionModel, Set<EntityId>> wanted = new HashMap<>();
        mutations.stream()
                .filter(mutation -> !mutation.isInsert())
                .map(RowMutation::row)
                .forEach(row -> wanted.computeIfAbsent(row.model(), first -> new HashSet<>())
                        .add(row.id()));
        ports.lookup()
                .apply(wanted)
                .forEach((model, found) -> found.forEach((id, room) -> located.put(new RowKey(model, id), room)));
    }

    private void submit(RowMutation mutation) {
        mutation.in(Optional.ofNullable(located.get(mutation.row()))).ifPresent(routed -> {
            results.put(mutation, submitted(routed));
            roomAfter(routed).ifPresent(room -> located.put(mutation.row(), room));
        });
    }

    private CompletableFuture<MutationResult> submitted(Mutation mutation) {
        try {
            return ports.mutations().apply(mutation).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The room where later mutations of the request find the row; empty if it stays where it is. */
    private static Optional<RoomId> roomAfter(Mutation mutation) {
        return switch (mutation.changes().getFirst()) {
            case Change.Insert insert -> Optional.of(mutation.room());
            case Change.Update update ->
                update.room().map(name -> new RoomId(mutation.room().application(), name));
            case Change.Delete delete -> Optional.empty();
            case Change.Archive archive -> Optional.empty();
            case Change.Unarchive unarchive -> Optional.empty();
            case Change.Append append -> Optional.empty();
        };
    }

    /**
     * The results of the submitted mutations, after all repeated lookups. An exception of the access chain that states a
     * refusal is one; the stage fails with any other.
     */
    public CompletionStage<Map<RowMutation, MutationResult>> results() {
        return results(LOOKUPS_REPEATED_MAX);
    }

    private CompletionStage<Map<RowMutation, MutationResult>> results(int lookupsLeft) {
        return CompletableFuture.allOf(results.values().toArray(CompletableFuture<?>[]::new))
                .handle((all, fault) -> completed())
                .thenCompose(completed -> {
                    List<RowMutation> unfound = unfound(completed);
                    return unfound.isEmpty() || lookupsLeft == 0
                            ? CompletableFuture.completedStage(completed)
                            : CompletableFuture.supplyAsync(() -> submitAgain(unfound, completed), ports.executor())
                                    .thenCompose(again -> again
                                            ? results(lookupsLeft - 1)
                                            : CompletableFuture.completedStage(completed));
                });
    }

    private Map<RowMutation, MutationResult> completed() {
        Map<RowMutation, MutationResult> completed = new LinkedHashMap<>();
        results.forEach((mutation, result) -> completed.put(mutation, completed(result)));
        return completed;
    }

    private static MutationResult completed(CompletableFuture<MutationResult> result) {
        try {
            return result.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof SyncException refused) {
                return new MutationResult.Refused(refused.refusal());
            }
            throw failed;
        }
    }

    private static List<RowMutation> unfound(Map<RowMutation, MutationResult> completed) {
        return completed.entrySet().stream()
                .filter(entry -> isUnfound(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isUnfound(MutationResult result) {
        return result instanceof MutationResult.Applied applied
                && !applied.last().isAfter(Seq.START)
                && !applied.repeated();
    }

    /** Looks the rows up again, and submits the mutations whose rows were found. Whether one was submitted. */
    private boolean submitAgain(List<RowMutation> unfound, Map<RowMutation, MutationResult> completed) {
        unfound.forEach(mutation -> located.remove(mutation.row()));
        locate(unfound);
        boolean submitted = false;
        for (RowMutation mutation : unfound) {
            RoomId room = located.get(mutation.row());
            if (room != null && mutation.mayWriteIn(room) && !isOvertaken(mutation, completed)) {
                submit(mutation);
                submitted = true;
            }
        }
        return submitted;
    }

    /** Whether a later mutation has changed the row meanwhile. The older change must not be applied after it. */
    private static boolean isOvertaken(RowMutation mutation, Map<RowMutation, MutationResult> completed) {
        return completed.entrySet().stream()
                .dropWhile(entry -> !entry.getKey().equals(mutation))
                .skip(1)
                .anyMatch(later -> later.getKey().row().equals(mutation.row())
                        && later.getValue() instanceof MutationResult.Applied
                        && !isUnfound(later.getValue()));
    }
}
