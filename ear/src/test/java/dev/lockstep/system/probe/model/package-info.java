/** An application that asks of the engine what the examples do not: tenants, clients' ids, rules, beans of a room. */
@NullMarked
@SyncApplication("probe")
package dev.lockstep.system.probe.model;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
