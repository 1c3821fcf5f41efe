package dev.lockstep.wire.cfsync;

import dev.lockstep.access.GuardedCollections;
import dev.lockstep.access.RowsRequest;
import dev.lockstep.api.Change;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Answers to inserts that a client repeats under another mutation id, as clients since version 0.25 do. If all rows of the
 * insert exist, and the caller owns and may read them, they are the answer. Otherwise the refusal of the id stands.
 */
@ApplicationScoped
class RepeatedInserts {
    @Inject
    private GuardedCollections collections;

    /**
     * The rows of a refused insert, if all of them exist. Blocks on the database.
     *
     * @param body the request's body with the row ids
     */
    CompletionStage<Optional<MutationResult.Applied>> of(
            Mutation mutation, CollectionModel model, @Nullable Object body, Refusal refusal) {
        List<EntityId> ids = ids(mutation);
        if (refusal.code() != ErrorCode.IN_USE || ids.isEmpty() || !CfSyncRequests.hasRowIds(body)) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return collections
                .rows(RowsRequest.ofOwn(mutation.caller(), mutation.room(), model, ids))
                .thenApply(existing -> answer(ids, existing.rows()))
                .exceptionally(RepeatedInserts::none);
    }

    private static List<EntityId> ids(Mutation mutation) {
        List<EntityId> ids = new ArrayList<>();
        for (Change change : mutation.changes()) {
            if (!(change instanceof Change.Insert insert) || insert.id() == null) {
                return List.of();
            }
            ids.add(insert.id());
        }
        return ids;
    }

    private static Optional<MutationResult.Applied> answer(List<EntityId> ids, Map<EntityId, Row> existing) {
        return existing.keySet().containsAll(ids)
                ? Optional.of(new MutationResult.Applied(
                        Seq.START,
                        ids.stream()
                                .map(id -> Optional.ofNullable(existing.get(id)))
                                .toList()))
                : Optional.empty();
    }

    /** No rows for a caller that may not read them. */
    private static Optional<MutationResult.Applied> none(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof SyncException refused && !refused.refusal().code().retryable()) {
            return Optional.empty();
        }
        throw failure instanceof RuntimeException same ? same : new CompletionException(failure);
    }
}
