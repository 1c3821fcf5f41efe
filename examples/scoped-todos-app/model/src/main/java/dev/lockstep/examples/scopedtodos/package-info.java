/** The entities of the example {@code scoped-todos-app}. */
@NullMarked
@SyncApplication("scoped-todos-app")
package dev.lockstep.examples.scopedtodos;

import dev.lockstep.api.SyncApplication;
import org.jspecify.annotations.NullMarked;
