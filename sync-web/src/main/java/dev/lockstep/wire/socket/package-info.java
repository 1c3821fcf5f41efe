/** WebSocket connections of all dialects: their subscriptions, outboxes and heartbeats. Knows no dialect. */
@NullMarked
package dev.lockstep.wire.socket;

import org.jspecify.annotations.NullMarked;
