/** Consumers of events: projections that applications keep of event stores. */
@NullMarked
package dev.lockstep.event.consumer;

import org.jspecify.annotations.NullMarked;
