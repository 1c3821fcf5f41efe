/** Requests and socket messages of all dialects while the database goes away at each of their round trips. */
@NullMarked
package dev.lockstep.system.outage;

import org.jspecify.annotations.NullMarked;
