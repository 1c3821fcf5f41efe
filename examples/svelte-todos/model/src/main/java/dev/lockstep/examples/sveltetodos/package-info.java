/** The entities of the example {@code svelte-todos}. */
@NullMarked
@SyncApplication(value = "svelte-todos", clientIds = true)
package dev.lockstep.examples.sveltetodos;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
