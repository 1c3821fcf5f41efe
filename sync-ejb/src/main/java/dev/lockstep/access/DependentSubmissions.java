package dev.lockstep.access;

import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Condition;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The mutations of a batch, in order. One that was let through for a row as it was, and comes behind one that changes the
 * row, could only come back; so it begins another round, which is submitted when the one before it has its answers.
 * Belongs to one thread at a time.
 */
final class DependentSubmissions {
    private static final Refusal STOPPING =
            new Refusal(ErrorCode.UNAVAILABLE, "The server is stopping; send the same again");

    private final Deque<Wave> waves = new ArrayDeque<>(List.of(new Wave()));

    private record RowKey(CollectionName in, EntityId id) {}

    /** What is submitted when its round has come, and the promise of its answer. */
    private record Submission(
            Supplier<CompletionStage<MutationResult>> submitting, CompletableFuture<MutationResult> answer) {
        void submit() {
            var unused = submitting.get().whenComplete((result, fault) -> {
                if (fault == null) {
                    answer.complete(result);
                } else {
                    answer.completeExceptionally(fault);
                }
            });
        }
    }

    private static final class Wave {
        private final Set<RowKey> changed = new HashSet<>();
        private final List<CompletableFuture<MutationResult>> answers = new ArrayList<>();
        private final List<Submission> submissions = new ArrayList<>();

        boolean changes(Condition condition) {
            return condition instanceof Condition.Unchanged row && changed.contains(new RowKey(row.in(), row.id()));
        }

        void add(Mutation mutation, CompletableFuture<MutationResult> answer) {
            answers.add(answer);
            for (Change change : mutation.changes()) {
                EntityId id = row(change);
                if (id != null) {
                    changed.add(new RowKey(change.in(), id));
                }
            }
        }

        private static @Nullable EntityId row(Change change) {
            return switch (change) {
                case Change.Insert insert -> insert.id();
                case Change.Update update -> update.id();
                case Change.Delete delete -> delete.id();
                case Change.Archive archive -> archive.id();
                case Change.Unarchive unarchive -> unarchive.id();
            };
        }

        /** A refusal that may pass: what comes behind it may not pass it. */
        Optional<MutationResult> passing() {
            return answers.stream()
                    .filter(answer -> !answer.isCompletedExceptionally())
                    .map(CompletableFuture::join)
                    .filter(result -> result instanceof MutationResult.Refused refused
                            && refused.refusal().code().retryable())
                    .findFirst();
        }
    }

    /**
     * Adds a mutation behind the others.
     *
     * @param atOnce submits it in the first round
     * @param later submits it in another, by what its rows are then
     */
    CompletionStage<MutationResult> add(
            Mutation mutation,
            Supplier<CompletionStage<MutationResult>> atOnce,
            Supplier<CompletionStage<MutationResult>> later) {
        if (mutation.conditions().stream().anyMatch(waves.getLast()::changes)) {
            waves.add(new Wave());
        }
        if (waves.size() == 1) {
            CompletionStage<MutationResult> answer = atOnce.get();
            waves.getLast().add(mutation, answer.toCompletableFuture());
            return answer;
        }
        Submission submission = new Submission(later, new CompletableFuture<>());
        waves.getLast().submissions.add(submission);
        waves.getLast().add(mutation, submission.answer());
        return submission.answer();
    }

    /**
     * The first round is submitted: submits the others, each when the one before it has its answers.
     *
     * @param together queues at once what is submitted meanwhile
     * @param executor may block; the thread that answers may not
     */
    void submitRest(Consumer<Runnable> together, Executor executor) {
        Wave before = waves.removeFirst();
        if (waves.isEmpty()) {
            return;
        }
        var unused = CompletableFuture.allOf(before.answers.toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, fault) -> before.passing().ifPresentOrElse(this::answerAll, () -> {
                    try {
                        executor.execute(() -> next(together, executor));
                    } catch (RejectedExecutionException e) {
                        answerAll(new MutationResult.Refused(STOPPING));
                    }
                }));
    }

    private void next(Consumer<Runnable> together, Executor executor) {
        try {
            together.accept(() -> waves.getFirst().submissions.forEach(Submission::submit));
        } finally {
            submitRest(together, executor);
        }
    }

    private void answerAll(MutationResult result) {
        waves.forEach(wave ->
                wave.submissions.forEach(submission -> submission.answer().complete(result)));
    }
}
