package dev.lockstep.delivery;

import java.util.List;

/** What a writer tells of its groups. Answers must be handed over before frames, so it speaks before it commits. */
@FunctionalInterface
public interface BatchPublication {
    /** A group is about to be committed: until it is handed over or withdrawn, nobody else's look finds it. */
    default void announce() {}

    /** The announced group is not known to be committed; if it is all the same, it is found in the log. */
    default void withdraw() {}

    /** The announced group is durable. Groups come in order of Seq. */
    void publish(List<CommittedMutation> batch);
}
