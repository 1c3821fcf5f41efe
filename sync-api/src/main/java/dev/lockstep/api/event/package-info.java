/** Event stores for application code: appends, and consumers of events. */
@NullMarked
package dev.lockstep.api.event;

import org.jspecify.annotations.NullMarked;
