/** Entities of the tests of the native dialect. */
@NullMarked
@SyncApplication("errands")
package dev.lockstep.wire.cfsync.model;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
