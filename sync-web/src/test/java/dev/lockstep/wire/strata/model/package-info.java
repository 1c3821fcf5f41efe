/** The collections of the contract's server for two clients. */
@NullMarked
@SyncApplication("tasks")
package dev.lockstep.wire.strata.model;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
