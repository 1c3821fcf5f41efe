package dev.lockstep.delivery;

import java.util.List;

/** Receives the batches of a writer. A batch is announced before its commit, so that its answers precede its frames. */
@FunctionalInterface
public interface BatchPublication {
    /** A batch is about to be committed. Until it is published or withdrawn, the log poller does not deliver it. */
    default void announce() {}

    /** The announced batch is not known to be committed. If it was nevertheless, the log poller finds it. */
    default void withdraw() {}

    /** The announced batch is durable. Batches come in order of Seq. */
    void publish(List<CommittedMutation> batch);
}
