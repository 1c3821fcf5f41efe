package dev.lockstep.mutation.batch;

import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Seq;
import dev.lockstep.delivery.CommittedMutation;
import dev.lockstep.log.Commit;
import dev.lockstep.mutation.QueuedMutation;
import dev.lockstep.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The result of a batch's transaction: the answers to send and the commits to deliver once it is durable. */
public final class BatchOutcome {
    private final long batchId;
    private final List<CommittedMutation> done = new ArrayList<>();
    private final List<QueuedMutation> answered = new ArrayList<>();
    private final List<QueuedMutation> blocked = new ArrayList<>();

    BatchOutcome(long batchId) {
        this.batchId = batchId;
    }

    void done(QueuedMutation queued, MutationResult result, Optional<Commit> commit) {
        done.add(new CommittedMutation(commit, () -> queued.answer().complete(result)));
        answered.add(queued);
    }

    void block(QueuedMutation queued) {
        blocked.add(queued);
    }

    long batchId() {
        return batchId;
    }

    /** Answers and commits, in the order of the batch. */
    public List<CommittedMutation> done() {
        return done;
    }

    /** The mutations of {@link #done}. */
    List<QueuedMutation> answered() {
        return answered;
    }

    /** Mutations that were left out, because other transactions hold their rows. */
    List<QueuedMutation> blocked() {
        return blocked;
    }

    List<Commit> commits() {
        return done.stream()
                .map(CommittedMutation::commit)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The position of the batch's first action; empty if it has none. */
    Optional<Seq> first() {
        return commits().stream().findFirst().map(Commit::first);
    }

    /** The batch for the trace: sizes, positions and times. */
    String describe(List<QueuedMutation> batch, long startedNanos) {
        Duration queued = Duration.ofNanos(startedNanos - batch.getFirst().queuedAtNanos());
        Duration written = Duration.ofNanos(System.nanoTime() - startedNanos);
        String positions = commits().stream()
                .map(commit -> commit.first() + ".." + commit.last())
                .collect(Collectors.joining(" "));
        return "batch mutations=" + batch.size() + " blocked=" + blocked.size() + " seq="
                + (positions.isEmpty() ? "none" : positions) + " queued=" + Trace.millis(queued) + " committed="
                + Trace.millis(written);
    }
}
