/** Event stores for application code: appends, consumers of events, and hooks around pushes and pulls of clients. */
@NullMarked
package dev.lockstep.api.event;

import org.jspecify.annotations.NullMarked;
