package dev.lockstep.delivery;

import dev.lockstep.log.Commit;
import java.util.Optional;

/**
 * A mutation of a group that is durable.
 *
 * @param commit what it changed; empty if nothing
 * @param answer tells its author; must not block
 */
public record CommittedMutation(Optional<Commit> commit, Runnable answer) {}
