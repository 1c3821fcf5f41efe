package dev.lockstep.access;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.delivery.CompletesOnPublisher;
import dev.lockstep.execution.ApplicationExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The mutations of one request, each checked and committed on its own. Thread-safe. */
@ApplicationScoped
public class RequestMutations {
    @Inject
    @CompletesOnPublisher
    private Mutations mutations;

    @Inject
    private ApplicationExecutor application;

    /** The request whose mutations a thread submits. Not static: a test has several nodes. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable DependentSubmissions> current = new ThreadLocal<>();
    /**
     * Runs the block, and queues the mutations that this thread submits in it as one unit; see
     * {@link Mutations#together}. A mutation that depends on a row that an earlier one changes, and all mutations after it,
     * wait for the results of the earlier ones, so the order is kept.
     */
    public void submitTogether(Runnable block) {
        if (current.get() != null) {
            block.run();
            return;
        }
        DependentSubmissions dependentSubmissions = new DependentSubmissions();
        current.set(dependentSubmissions);
        try {
            mutations.together(block);
        } finally {
            current.remove();
            dependentSubmissions.submitRest(
                    mutations::together, application.of(dependentSubmissions)); // ownership queries run there
        }
    }

    /** Submits a mutation in the order of its request: immediately, if it is outside {@link #submitTogether}. */
    CompletionStage<MutationResult> submitInOrder(
            Mutation mutation,
            Supplier<CompletionStage<MutationResult>> immediate,
            Supplier<CompletionStage<MutationResult>> deferred) {
        DependentSubmissions dependentSubmissions = current.get();
        return dependentSubmissions == null ? immediate.get() : dependentSubmissions.add(mutation, immediate, deferred);
    }
}
