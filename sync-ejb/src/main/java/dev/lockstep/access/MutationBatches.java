package dev.lockstep.access;

import dev.lockstep.api.Mutations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Several mutations of one request, each judged by itself. Thread-safe. */
@ApplicationScoped
public class MutationBatches {
    @Inject
    private Mutations mutations;

    /** Queues at once what this thread submits meanwhile; see {@link Mutations#together}. */
    public void together(Runnable submitting) {
        mutations.together(submitting);
    }
}
