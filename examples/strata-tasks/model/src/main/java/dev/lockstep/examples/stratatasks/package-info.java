/** The entities of the example {@code strata-tasks} for Strata's clients, its users and their groups. */
@NullMarked
@SyncApplication("strata-tasks")
package dev.lockstep.examples.stratatasks;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
