package dev.lockstep.access.chain;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Seq;
import dev.lockstep.delivery.CompletesOnPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Records the mutations that the access chain admits. */
@ApplicationScoped
@Default
@CompletesOnPublisher
public class AdmittedMutations implements Mutations {
    private final List<Mutation> asked = new ArrayList<>();

    @Override
    public CompletionStage<MutationResult> submit(Mutation mutation) {
        asked.add(mutation);
        return CompletableFuture.completedStage(new MutationResult.Applied(Seq.START, List.of()));
    }

    @Override
    public void together(Runnable submitting) {
        submitting.run();
    }

    /** The admitted mutations, in order. */
    public List<Mutation> admitted() {
        return asked;
    }
}
