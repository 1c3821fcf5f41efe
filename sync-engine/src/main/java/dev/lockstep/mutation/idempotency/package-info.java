/** The idempotency store: the first result of each mutation, kept for repeats. */
@NullMarked
package dev.lockstep.mutation.idempotency;

import org.jspecify.annotations.NullMarked;
