package dev.lockstep.mutation;

import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Seq;
import dev.lockstep.log.Commit;
import dev.lockstep.publish.Committed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a group's transaction leaves to do once it is durable. */
final class GroupOutcome {
    private final long groupId;
    private final List<Committed> done = new ArrayList<>();
    private final List<Waiting> answered = new ArrayList<>();
    private final List<Waiting> blocked = new ArrayList<>();

    GroupOutcome(long groupId) {
        this.groupId = groupId;
    }

    void done(Waiting waiting, MutationResult result, Optional<Commit> commit) {
        done.add(new Committed(commit, () -> waiting.answer().complete(result)));
        answered.add(waiting);
    }

    void block(Waiting waiting) {
        blocked.add(waiting);
    }

    long batchId() {
        return groupId;
    }

    /** Answers and commits, in the order of the group. */
    List<Committed> done() {
        return done;
    }

    /** The mutations of {@link #done}. */
    List<Waiting> answered() {
        return answered;
    }

    /** Mutations that were left out, because others hold their rows. */
    List<Waiting> blocked() {
        return blocked;
    }

    List<Commit> commits() {
        return done.stream().map(Committed::commit).flatMap(Optional::stream).toList();
    }

    /** The place of the group's first action; empty if it has none. */
    Optional<Seq> first() {
        return commits().stream().findFirst().map(Commit::first);
    }
}
