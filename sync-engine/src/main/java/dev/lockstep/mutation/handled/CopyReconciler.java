package dev.lockstep.mutation.handled;

import dev.lockstep.api.Condition;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.mutation.handled.EffectWriter.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares copied rows with those that a handler keeps, and logs the differences. Another node may log a change between the
 * call of the handler and the write: each row is written only if its copy is still the one that was read before the call;
 * otherwise all is compared again. Thread-safe.
 */
final class CopyReconciler {
    /** Most comparisons until one finds its rows unchanged. After them, the caller fails. */
    static final int ATTEMPTS_MAX = 5;

    private static final int CHANGES_AT_ONCE = 1_000;

    private final EffectWriter effects;
    private final HandlerCalls calls;

    CopyReconciler(EffectWriter effects, HandlerCalls calls) {
        this.effects = effects;
        this.calls = calls;
    }

    /** A change of the copy, and the copy that it was made for. */
    private record Difference(Effect effect, Condition seen) {}

    /**
     * Logs the differences. Blocks on the database.
     *
     * @param copied reads the copies
     * @param kept calls the handler
     */
    CompletionStage<Void> log(
            CollectionModel model,
            RoomId room,
            Supplier<Map<EntityId, RowImage>> copied,
            Supplier<Map<EntityId, Map<String, @Nullable Object>>> kept) {
        return log(model, room, copied, kept, 1);
    }

    private CompletableFuture<Void> log(
            CollectionModel model,
            RoomId room,
            Supplier<Map<EntityId, RowImage>> copied,
            Supplier<Map<EntityId, Map<String, @Nullable Object>>> kept,
            int attempt) {
        Map<EntityId, RowImage> before = copied.get();
        CompletableFuture<Void> logged = calls.call(room, kept)
                .thenComposeAsync(rows -> write(room, differences(model, before, rows)), calls.steps(room));
        return logged.exceptionallyComposeAsync(
                failure -> isOvertaken(failure) && attempt < ATTEMPTS_MAX
                        ? log(model, room, copied, kept, attempt + 1)
                        : logged,
                calls.steps(room));
    }

    private static boolean isOvertaken(Throwable failure) {
        return (failure instanceof CompletionException ? failure.getCause() : failure) instanceof SyncException refused
                && refused.refusal().code() == ErrorCode.ROW_CHANGED;
    }

    private List<Difference> differences(
            CollectionModel model, Map<EntityId, RowImage> copied, Map<EntityId, Map<String, @Nullable Object>> kept) {
        List<Difference> found = new ArrayList<>();
        TreeSet<EntityId> ids = new TreeSet<>(copied.keySet());
        ids.addAll(kept.keySet());
        for (EntityId id : ids) {
            Optional<RowImage> copy = Optional.ofNullable(copied.get(id));
            Optional<Row> seen = copy.map(RowImage::row);
            effects.difference(model, id, copy, Optional.ofNullable(kept.get(id)))
                    .map(effect -> new Difference(effect, new Condition.Unchanged(model.name(), id, seen)))
                    .ifPresent(found::add);
        }
        return found;
    }

    private CompletableFuture<Void> write(RoomId room, List<Difference> differences) {
        List<CompletableFuture<?>> logged = new ArrayList<>();
        for (int from = 0; from < differences.size(); from += CHANGES_AT_ONCE) {
            List<Difference> some = differences.subList(from, Math.min(differences.size(), from + CHANGES_AT_ONCE));
            logged.add(effects.logOwn(
                            room,
                            some.stream().map(Difference::effect).toList(),
                            some.stream().map(Difference::seen).toList())
                    .thenApply(CopyReconciler::accepted)
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(logged.toArray(CompletableFuture<?>[]::new));
    }

    private static MutationResult accepted(MutationResult result) {
        if (result instanceof MutationResult.Refused refused) {
            throw new SyncException(refused.refusal());
        }
        return result;
    }
}
