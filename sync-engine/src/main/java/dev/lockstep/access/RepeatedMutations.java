package dev.lockstep.access;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import dev.lockstep.mutation.batch.IdempotencyLookup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * Stored results of mutations that would be refused now but were done before: access rules, hooks and validation may have
 * changed since. Consulted only after a refusal. Blocks on the database. Thread-safe.
 */
@ApplicationScoped
public class RepeatedMutations {
    @Inject
    private IdempotencyLookup lookup;

    @Inject
    private Hooks hooks;

    /** The stored result of a mutation that passed the access chain and is refused by something else; empty if none. */
    Optional<MutationResult> firstResult(Mutation mutation, Refusal refusal) {
        return isFinal(refusal) ? firstResult(mutation) : Optional.empty();
    }

    /** Hooks may have changed the stored request, so the requests are not compared if there are hooks. */
    Optional<MutationResult> firstResult(Mutation mutation) {
        return mutation.id()
                .flatMap(id -> lookup.firstResult(mutation, id.comparesRequests() && hooks.isEmpty(mutation)));
    }

    /**
     * The stored result of a mutation that access refuses now, without rows: the caller may have lost the right to read
     * them. Empty if there is none.
     */
    public Optional<MutationResult> storedOutcome(Mutation mutation, Refusal refusal) {
        return firstResult(mutation, refusal)
                .map(result -> result instanceof MutationResult.Applied applied
                        ? applied.showing(Collections.nCopies(mutation.changes().size(), Optional.empty()))
                        : result);
    }

    /** The stored results, without rows, of a caller's mutations that a dialect would refuse itself. */
    public Map<MutationId, MutationResult> storedOutcomes(Caller caller, Collection<MutationId> ids) {
        return ids.isEmpty() ? Map.of() : lookup.outcomes(caller, ids);
    }

    private static boolean isFinal(Refusal refusal) {
        return !refusal.code().retryable() && refusal.code() != ErrorCode.REUSED;
    }
}
