/**
 * Mutations before their batch: validation, queue, deadline and verdicts. Other packages use
 * {@link dev.lockstep.api.Mutations} instead of this package.
 */
@NullMarked
package dev.lockstep.mutation;

import org.jspecify.annotations.NullMarked;
