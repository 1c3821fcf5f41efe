/**
 * From a wish to a commit: preparing, queueing, judging and writing mutations in groups. Nobody imports this package;
 * it is reached through {@link dev.lockstep.api.Mutations}.
 */
@NullMarked
package dev.lockstep.mutation;

import org.jspecify.annotations.NullMarked;
