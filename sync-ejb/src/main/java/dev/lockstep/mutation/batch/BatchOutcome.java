package dev.lockstep.mutation.batch;

import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Seq;
import dev.lockstep.delivery.CommittedMutation;
import dev.lockstep.log.Commit;
import dev.lockstep.mutation.QueuedMutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a group's transaction leaves to do once it is durable. */
public final class BatchOutcome {
    private final long groupId;
    private final List<CommittedMutation> done = new ArrayList<>();
    private final List<QueuedMutation> answered = new ArrayList<>();
    private final List<QueuedMutation> blocked = new ArrayList<>();

    BatchOutcome(long groupId) {
        this.groupId = groupId;
    }

    void done(QueuedMutation queued, MutationResult result, Optional<Commit> commit) {
        done.add(new CommittedMutation(commit, () -> queued.answer().complete(result)));
        answered.add(queued);
    }

    void block(QueuedMutation queued) {
        blocked.add(queued);
    }

    long batchId() {
        return groupId;
    }

    /** Answers and commits, in the order of the group. */
    public List<CommittedMutation> done() {
        return done;
    }

    /** The mutations of {@link #done}. */
    List<QueuedMutation> answered() {
        return answered;
    }

    /** Mutations that were left out, because others hold their rows. */
    List<QueuedMutation> blocked() {
        return blocked;
    }

    List<Commit> commits() {
        return done.stream()
                .map(CommittedMutation::commit)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The place of the group's first action; empty if it has none. */
    Optional<Seq> first() {
        return commits().stream().findFirst().map(Commit::first);
    }
}
