package dev.lockstep.access;

import dev.lockstep.access.policy.OwnershipCheck;
import dev.lockstep.access.policy.OwnershipCheck.Decision;
import dev.lockstep.access.policy.ReadFilters;
import dev.lockstep.access.policy.ReferenceVisibility;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Condition;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Refusal;
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

/** Mutations behind the access chain. */
@Guarded
@ApplicationScoped
public class GuardedMutations {
    /**
     * Most repeated ownership checks of a mutation whose rows changed in between. Then it is refused as
     * {@link ErrorCode#ROW_CHANGED}, which is retryable.
     */
    static final int RECHECKS_MAX = 3;

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
    private RequestMutations requests;

    @Inject
    private RepeatedMutations repeats;

    @Inject
    private ReferenceVisibility referenceVisibility;

    /** As {@link Mutations#submit}; fails with a {@code SyncException} if access is refused. */
    public CompletionStage<MutationResult> submit(Mutation mutation) {
        Map<CollectionName, Predicate<Row>> shown = filters.of(mutation, mutation.collections());
        if (shown.isEmpty()) {
            return withHooks(mutation);
        }
        // Filters are application code: never on the completing thread, which delivers to all rooms.
        return withHooks(mutation).thenApplyAsync(result -> visible(result, shown), stages.executor(mutation.room()));
    }

    private CompletionStage<MutationResult> withHooks(Mutation requested) {
        if (hooks.isEmpty(requested)) {
            return submitInOrder(requested);
        }
        Mutation mutation;
        try {
            mutation = hooks.before(requested);
        } catch (RuntimeException refused) {
            return refusedByHook(requested, refused);
        }
        // Hooks are application code: never on the completing thread, which delivers to all rooms.
        return submitInOrder(mutation)
                .thenApplyAsync(
                        result -> result instanceof MutationResult.Applied applied && isFirst(applied)
                                ? hooks.after(mutation, applied)
                                : result,
                        application.of(mutation.room()));
    }

    private CompletionStage<MutationResult> refusedByHook(Mutation requested, RuntimeException refused) {
        Optional<MutationResult> first = refused instanceof SyncException stated
                ? repeats.firstResult(requested, stated.refusal())
                : repeats.firstResult(requested);
        return first.isPresent()
                ? CompletableFuture.completedStage(first.get())
                : CompletableFuture.failedStage(refused);
    }

    /** Whether the mutation changed something, and is not a repeat. */
    private static boolean isFirst(MutationResult.Applied applied) {
        return !applied.repeated() && applied.last().isAfter(Seq.START);
    }

    /** The result without rows that its author may not read. */
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

    private CompletionStage<MutationResult> submitInOrder(Mutation mutation) {
        Optional<Refusal> hidden = referenceVisibility.refuses(mutation);
        if (hidden.isPresent()) {
            Optional<MutationResult> first = repeats.firstResult(mutation, hidden.get());
            return CompletableFuture.completedStage(first.orElseGet(() -> new MutationResult.Refused(hidden.get())));
        }
        return requests.submitInOrder(mutation, () -> submitChecked(mutation), () -> submitRechecked(mutation));
    }

    /** The rows may have changed since the ownership check of the access chain. */
    private CompletionStage<MutationResult> submitRechecked(Mutation mutation) {
        CompletableFuture<MutationResult> answer = new CompletableFuture<>();
        recheck(mutation, RECHECKS_MAX, answer);
        return answer;
    }

    private CompletionStage<MutationResult> submitChecked(Mutation mutation) {
        if (mutation.conditions().stream().noneMatch(Condition.Unchanged.class::isInstance)) {
            return written(mutation);
        }
        CompletableFuture<MutationResult> answer = new CompletableFuture<>();
        submit(mutation, RECHECKS_MAX, answer);
        return answer;
    }

    private void submit(Mutation mutation, int rechecks, CompletableFuture<MutationResult> answer) {
        var unused = written(mutation).whenComplete((result, fault) -> {
            if (fault != null) {
                answer.completeExceptionally(fault);
            } else if (rechecks == 0 || !isRowChanged(result)) {
                answer.complete(result);
            } else {
                try {
                    // Ownership queries are application code: never on this thread, which delivers to all rooms.
                    application.of(mutation.room()).execute(() -> recheck(mutation, rechecks - 1, answer));
                } catch (RejectedExecutionException stopping) {
                    answer.complete(result);
                }
            }
        });
    }

    /** An immediate refusal comes from validation, before the writer, which recognizes repeats, has seen the mutation. */
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

    private static boolean isRowChanged(MutationResult result) {
        return result instanceof MutationResult.Refused refused
                && refused.refusal().code() == ErrorCode.ROW_CHANGED;
    }

    private void recheck(Mutation mutation, int rechecks, CompletableFuture<MutationResult> answer) {
        try {
            switch (ownershipCheck.check(mutation)) {
                case Decision.Allowed allowed -> submit(mutation, 0, answer); // another condition has failed
                case Decision.Conditional conditional ->
                    submit(mutation.withConditions(conditional.conditions()), rechecks, answer);
                case Decision.Refused refused ->
                    answer.complete(repeats.storedOutcome(mutation, refused.refusal())
                            .orElseGet(() -> new MutationResult.Refused(refused.refusal())));
            }
        } catch (RuntimeException | Error fault) { // the client waits for an answer
            answer.completeExceptionally(fault);
        }
    }
}
