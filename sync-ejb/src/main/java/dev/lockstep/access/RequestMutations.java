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

/** Several mutations of one request, each judged by itself. Thread-safe. */
@ApplicationScoped
public class RequestMutations {
    @Inject
    @CompletesOnPublisher
    private Mutations mutations;

    @Inject
    private ApplicationExecutor application;

    /** The batch that a thread submits. Not static: a test has several nodes. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable DependentSubmissions> submitting = new ThreadLocal<>();

    /**
     * Queues at once what this thread submits meanwhile; see {@link Mutations#together}. What was let through for a row that
     * one of them changes before it, and all behind it, wait for the answers of those before: their order is kept.
     */
    public void submitTogether(Runnable all) {
        if (submitting.get() != null) {
            all.run();
            return;
        }
        DependentSubmissions dependentSubmissions = new DependentSubmissions();
        submitting.set(dependentSubmissions);
        try {
            mutations.together(all);
        } finally {
            submitting.remove();
            dependentSubmissions.submitRest(
                    mutations::together, application.of(dependentSubmissions)); // owner queries are asked there
        }
    }

    /** Has a mutation submitted when it is its turn: at once, if it is in no batch. */
    CompletionStage<MutationResult> submitInTurn(
            Mutation mutation,
            Supplier<CompletionStage<MutationResult>> atOnce,
            Supplier<CompletionStage<MutationResult>> later) {
        DependentSubmissions dependentSubmissions = submitting.get();
        return dependentSubmissions == null ? atOnce.get() : dependentSubmissions.add(mutation, atOnce, later);
    }
}
