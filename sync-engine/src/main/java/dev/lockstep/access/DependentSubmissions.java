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
 * The mutations of one request, in order, divided into waves. A mutation whose condition names a row that an earlier
 * mutation of the wave changes would fail, so it begins a new wave. A wave is submitted when the previous one has its
 * results. Confined to one thread at a time.
 */
final class DependentSubmissions {
    private static final Refusal STOPPING =
            new Refusal(ErrorCode.UNAVAILABLE, "The server is stopping; send the request again");

    private final Deque<Wave> waves = new ArrayDeque<>(List.of(new Wave()));

    private record RowKey(CollectionName in, EntityId id) {}

    /** A mutation of a later wave and the promise of its result. */
    private record Submission(
            Supplier<CompletionStage<MutationResult>> submission, CompletableFuture<MutationResult> answer) {
        void submit() {
            var unused = submission.get().whenComplete((result, fault) -> {
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

        boolean hasChanged(Condition condition) {
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
                case Change.Append append -> null;
            };
        }

        /** A retryable refusal: later waves get it too, because they must not overtake the refused mutation. */
        Optional<MutationResult> retryableRefusal() {
            return answers.stream()
                    .filter(answer -> !answer.isCompletedExceptionally())
                    .map(CompletableFuture::join)
                    .filter(result -> result instanceof MutationResult.Refused refused
                            && refused.refusal().code().retryable())
                    .findFirst();
        }
    }

    /**
     * Adds a mutation after the others.
     *
     * @param immediate submits it in the first wave
     * @param deferred submits it in a later wave, after a new check of its rows
     */
    CompletionStage<MutationResult> add(
            Mutation mutation,
            Supplier<CompletionStage<MutationResult>> immediate,
            Supplier<CompletionStage<MutationResult>> deferred) {
        if (mutation.conditions().stream().anyMatch(waves.getLast()::hasChanged)) {
            waves.add(new Wave());
        }
        if (waves.size() == 1) {
            CompletionStage<MutationResult> answer = immediate.get();
            waves.getLast().add(mutation, answer.toCompletableFuture());
            return answer;
        }
        Submission submission = new Submission(deferred, new CompletableFuture<>());
        waves.getLast().submissions.add(submission);
        waves.getLast().add(mutation, submission.answer());
        return submission.answer();
    }

    /**
     * Submits the waves after the first, each when the previous one has its results.
     *
     * @param together queues as one unit the mutations that are submitted within it
     * @param executor runs code that may block; the thread that completes results must not block
     */
    void submitRest(Consumer<Runnable> together, Executor executor) {
        Wave previous = waves.removeFirst();
        if (waves.isEmpty()) {
            return;
        }
        var unused = CompletableFuture.allOf(previous.answers.toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, fault) -> previous.retryableRefusal().ifPresentOrElse(this::answerAll, () -> {
                    try {
                        executor.execute(() -> submitNext(together, executor));
                    } catch (RejectedExecutionException e) {
                        answerAll(new MutationResult.Refused(STOPPING));
                    }
                }));
    }

    private void submitNext(Consumer<Runnable> together, Executor executor) {
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
