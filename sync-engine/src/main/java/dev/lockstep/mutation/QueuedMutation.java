package dev.lockstep.mutation;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.mutation.idempotency.IdempotencyKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * A queued mutation and the future of its answer.
 *
 * @param characters its approximate memory, in characters
 */
public record QueuedMutation(
        Mutation mutation,
        List<PreparedChange> changes,
        Optional<IdempotencyKey> key,
        long characters,
        long queuedAtNanos,
        CompletableFuture<MutationResult> answer) {
    public QueuedMutation(Mutation mutation, List<PreparedChange> changes) {
        this(
                mutation,
                changes,
                IdempotencyKey.of(mutation),
                MutationSize.characters(mutation),
                System.nanoTime(),
                new CompletableFuture<>());
    }

    public FaultSource faultSource() {
        return FaultSource.of(mutation);
    }

    /** The rooms that it may write to. */
    public Set<RoomId> rooms() {
        if (mutation.append().isPresent()) {
            return Set.of(mutation.room());
        }
        return changes.stream()
                .flatMap(change -> change.rooms(mutation.room()).stream())
                .collect(Collectors.toSet());
    }

    /** Whether it is the same instance. */
    @SuppressWarnings("ReferenceEquality")
    public boolean isSameAs(QueuedMutation other) {
        return this == other;
    }

    /** Whether the request of a key equals its own. */
    public boolean isFor(IdempotencyKey other) {
        return key.filter(own -> own.request().equals(other.request())).isPresent();
    }

    public void refuse(Refusal refusal) {
        answer.complete(new MutationResult.Refused(refusal));
    }
}
