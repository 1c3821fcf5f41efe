package dev.lockstep.mutation;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Refusal;
import dev.lockstep.delivery.ApplicationStages;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Mutations for applications: continuations of their stages run on threads that may block. Thread-safe. */
public final class ApplicationMutations implements Mutations {
    private final Mutations mutations;
    private final ApplicationStages stages;

    public ApplicationMutations(Mutations mutations, ApplicationStages stages) {
        this.mutations = mutations;
        this.stages = stages;
    }

    @Override
    public CompletionStage<MutationResult> submit(Mutation mutation) {
        return stages.isFull(mutation.room())
                ? CompletableFuture.completedStage(new MutationResult.Refused(new Refusal(
                        ErrorCode.OVERLOADED,
                        "Too many answers wait for the application code of this room; send the request again later")))
                : stages.of(mutation.room(), mutations.submit(mutation));
    }

    @Override
    public void together(Runnable submitting) {
        mutations.together(submitting);
    }
}
