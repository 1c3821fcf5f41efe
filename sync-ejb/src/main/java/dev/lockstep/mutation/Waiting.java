package dev.lockstep.mutation;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A mutation in the queue, and the promise of its answer.
 *
 * @param characters how much memory it takes, about
 */
record Waiting(
        Mutation mutation,
        List<PreparedChange> changes,
        Optional<MutationKey> key,
        long characters,
        long queuedAtNanos,
        CompletableFuture<MutationResult> answer) {
    Waiting(Mutation mutation, List<PreparedChange> changes) {
        this(
                mutation,
                changes,
                MutationKey.of(mutation),
                MutationSize.characters(mutation),
                System.nanoTime(),
                new CompletableFuture<>());
    }

    Origin origin() {
        return Origin.of(mutation);
    }

    /** Whether it is the very same, and not one like it. */
    @SuppressWarnings("ReferenceEquality")
    boolean is(Waiting other) {
        return this == other;
    }

    /** Whether the request behind a key is its own. */
    boolean isFor(MutationKey other) {
        return key.filter(own -> own.request().equals(other.request())).isPresent();
    }

    void refuse(Refusal refusal) {
        answer.complete(new MutationResult.Refused(refusal));
    }
}
