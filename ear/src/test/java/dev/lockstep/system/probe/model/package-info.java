/** An application with features that the examples do not use: tenants, clients' ids, rules, beans of a room. */
@NullMarked
@SyncApplication("probe")
package dev.lockstep.system.probe.model;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
