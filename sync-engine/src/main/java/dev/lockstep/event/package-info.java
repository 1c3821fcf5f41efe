/** Event stores: rooms of opaque events, each with a head that an append must name. */
@NullMarked
package dev.lockstep.event;

import org.jspecify.annotations.NullMarked;
