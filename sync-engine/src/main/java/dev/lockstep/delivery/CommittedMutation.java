package dev.lockstep.delivery;

import dev.lockstep.log.Commit;
import java.util.Optional;

/**
 * A mutation of a durable batch.
 *
 * @param commit its changes; empty if there are none
 * @param answer sends its answer; must not block
 */
public record CommittedMutation(Optional<Commit> commit, Runnable answer) {}
