package dev.lockstep.access;

import dev.lockstep.api.Guarded;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;

/** Mutations for those who may. */
@Guarded
@ApplicationScoped
public class GuardedMutations {
    @Inject
    private Mutations mutations;

    /** As {@link Mutations#submit}; fails with a {@code SyncException} if access is refused. */
    public CompletionStage<MutationResult> submit(Mutation mutation) {
        return mutations.submit(mutation);
    }
}
