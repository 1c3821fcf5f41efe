/** A second application; one of its collections has the name of one of the first. */
@NullMarked
@SyncApplication("office")
package dev.lockstep.office;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
