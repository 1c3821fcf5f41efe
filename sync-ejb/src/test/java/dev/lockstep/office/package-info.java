/** A second application, with a collection of the same name as one of the first. */
@NullMarked
@SyncApplication("office")
package dev.lockstep.office;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
