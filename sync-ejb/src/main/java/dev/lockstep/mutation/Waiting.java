package dev.lockstep.mutation;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A mutation in the queue, and the promise of its answer. */
record Waiting(
        Mutation mutation,
        List<PreparedChange> changes,
        long queuedAtNanos,
        CompletableFuture<MutationResult> answer) {}
