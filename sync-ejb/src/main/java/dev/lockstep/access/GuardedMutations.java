package dev.lockstep.access;

import dev.lockstep.access.policy.OwnershipCheck;
import dev.lockstep.access.policy.OwnershipCheck.Decision;
import dev.lockstep.access.policy.ReadFilters;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Condition;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.Guarded;
import dev.lockstep.delivery.ApplicationStages;
import dev.lockstep.delivery.CompletesOnPublisher;
import dev.lockstep.execution.ApplicationExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;

/** Mutations for those who may. */
@Guarded
@ApplicationScoped
public class GuardedMutations {
    /**
     * How often it is asked again whose a row is that changed since. After it the mutation is refused as
     * {@link ErrorCode#ROW_CHANGED}, retryable.
     */
    static final int ASKED_AGAIN_MAX = 3;

    @Inject
    @CompletesOnPublisher
    private Mutations mutations;

    @Inject
    private OwnershipCheck ownershipCheck;

    @Inject
    private ApplicationExecutor application;

    @Inject
    private ApplicationStages stages;

    @Inject
    private ReadFilters filters;

    @Inject
    private Hooks hooks;

    @Inject
    private RequestMutations batches;

    @Inject
    private RepeatedMutations repeats;

    /** As {@link Mutations#submit}; fails with a {@code SyncException} if access is refused. */
    public CompletionStage<MutationResult> submit(Mutation mutation) {
        Map<CollectionName, Predicate<Row>> shown = filters.of(mutation, mutation.collections());
        if (shown.isEmpty()) {
            return withHooks(mutation);
        }
        // Filters are application code: not on the thread that completes it, which delivers to everybody.
        return withHooks(mutation).thenApplyAsync(result -> visible(result, shown), stages.executor(mutation.room()));
    }

    private CompletionStage<MutationResult> withHooks(Mutation asked) {
        if (hooks.isEmpty(asked)) {
            return evaluated(asked);
        }
        Mutation mutation;
        try {
            mutation = hooks.before(asked);
        } catch (RuntimeException refused) {
            return refusedByHook(asked, refused);
        }
        // Not on the thread that completes it, which delivers to everybody: hooks are application code.
        return evaluated(mutation)
                .thenApplyAsync(
                        result -> result instanceof MutationResult.Applied applied && isFirst(applied)
                                ? hooks.after(mutation, applied)
                                : result,
                        application.of(mutation.room()));
    }

    private CompletionStage<MutationResult> refusedByHook(Mutation asked, RuntimeException refused) {
        Optional<MutationResult> first = refused instanceof SyncException told
                ? repeats.firstResult(asked, told.refusal())
                : repeats.firstResult(asked);
        return first.isPresent()
                ? CompletableFuture.completedStage(first.get())
                : CompletableFuture.failedStage(refused);
    }

    /** Whether it changed something, and not long ago. */
    private static boolean isFirst(MutationResult.Applied applied) {
        return !applied.repeated() && applied.last().isAfter(Seq.START);
    }

    /** A row that its author may not read is answered as one that is not there. */
    private static MutationResult visible(MutationResult result, Map<CollectionName, Predicate<Row>> shown) {
        return switch (result) {
            case MutationResult.Applied applied ->
                applied.showing(applied.rows().stream()
                        .map(row -> row.filter(
                                one -> shown.getOrDefault(one.in(), any -> true).test(one)))
                        .toList());
            case MutationResult.Refused refused ->
                refused.refusal()
                                .current()
                                .filter(one -> !shown.getOrDefault(one.in(), any -> true)
                                        .test(one))
                                .isPresent()
                        ? new MutationResult.Refused(refused.refusal().withoutRow())
                        : refused;
        };
    }

    private CompletionStage<MutationResult> evaluated(Mutation mutation) {
        return batches.submitInTurn(mutation, () -> evaluatedNow(mutation), () -> evaluatedLater(mutation));
    }

    /** Its rows may be others than those that it was let through for. */
    private CompletionStage<MutationResult> evaluatedLater(Mutation mutation) {
        CompletableFuture<MutationResult> answer = new CompletableFuture<>();
        askAgain(mutation, ASKED_AGAIN_MAX, answer);
        return answer;
    }

    private CompletionStage<MutationResult> evaluatedNow(Mutation mutation) {
        if (mutation.conditions().stream().noneMatch(Condition.Unchanged.class::isInstance)) {
            return written(mutation);
        }
        CompletableFuture<MutationResult> answer = new CompletableFuture<>();
        submit(mutation, ASKED_AGAIN_MAX, answer);
        return answer;
    }

    private void submit(Mutation mutation, int again, CompletableFuture<MutationResult> answer) {
        var unused = written(mutation).whenComplete((result, fault) -> {
            if (fault != null) {
                answer.completeExceptionally(fault);
            } else if (again == 0 || !isAboutAnotherRow(result)) {
                answer.complete(result);
            } else {
                try {
                    // Not on this thread, which delivers to everybody: whom a row belongs to is application code.
                    application.of(mutation.room()).execute(() -> askAgain(mutation, again - 1, answer));
                } catch (RejectedExecutionException stopping) {
                    answer.complete(result);
                }
            }
        });
    }

    /** A mutation that is refused at once was refused by validation, before the writer, which knows repeats, had it. */
    private CompletionStage<MutationResult> written(Mutation mutation) {
        CompletionStage<MutationResult> answer = mutations.submit(mutation);
        CompletableFuture<MutationResult> submitted = answer.toCompletableFuture();
        if (submitted.state() != Future.State.SUCCESS
                || !(submitted.resultNow() instanceof MutationResult.Refused refused)) {
            return answer;
        }
        Optional<MutationResult> first = repeats.firstResult(mutation, refused.refusal());
        return first.isPresent() ? CompletableFuture.completedStage(first.get()) : answer;
    }

    private static boolean isAboutAnotherRow(MutationResult result) {
        return result instanceof MutationResult.Refused refused
                && refused.refusal().code() == ErrorCode.ROW_CHANGED;
    }

    private void askAgain(Mutation mutation, int again, CompletableFuture<MutationResult> answer) {
        try {
            switch (ownershipCheck.claim(mutation)) {
                case Decision.None none -> submit(mutation, 0, answer); // the condition is not ours
                case Decision.Held held -> submit(mutation.under(held.conditions()), again, answer);
                case Decision.Refused refused ->
                    answer.complete(repeats.storedOutcome(mutation, refused.refusal())
                            .orElseGet(() -> new MutationResult.Refused(refused.refusal())));
            }
        } catch (RuntimeException | Error fault) { // somebody waits for the answer
            answer.completeExceptionally(fault);
        }
    }
}
