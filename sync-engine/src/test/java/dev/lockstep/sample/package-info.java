/** The application "workshop" of the tests: one collection of each kind, with rules, filters and hooks. */
@NullMarked
@SyncApplication("workshop")
package dev.lockstep.sample;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
