/** The entities of the example {@code scoped-todos-app}. */
@NullMarked
@SyncApplication(value = "scoped-todos-app", clientIds = true)
package dev.lockstep.examples.scopedtodos;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
