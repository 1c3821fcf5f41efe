/** An application that is older than its collections: docs/existing-application.md shows what made it live. */
@NullMarked
@SyncApplication("shipping")
package dev.lockstep.system.probe.shipping;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
