/** The application that tests speak to: one collection of each kind. */
@NullMarked
@SyncApplication("workshop")
package dev.lockstep.sample;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
