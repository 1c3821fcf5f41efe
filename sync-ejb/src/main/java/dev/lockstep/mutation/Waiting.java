package dev.lockstep.mutation;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A mutation in the queue, and the promise of its answer. */
record Waiting(
        Mutation mutation,
        List<PreparedChange> changes,
        Optional<MutationKey> key,
        long queuedAtNanos,
        CompletableFuture<MutationResult> answer) {
    Waiting(Mutation mutation, List<PreparedChange> changes) {
        this(mutation, changes, MutationKey.of(mutation), System.nanoTime(), new CompletableFuture<>());
    }

    void refuse(Refusal refusal) {
        answer.complete(new MutationResult.Refused(refusal));
    }
}
