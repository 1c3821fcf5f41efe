/** The entities of the example {@code strata-tasks}, which Strata's clients use, its users, and the groups they are in. */
@NullMarked
@SyncApplication("strata-tasks")
package dev.lockstep.examples.stratatasks;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
