/** WebSocket connections of all dialects: their subscriptions, outboxes, heartbeats and writers. Knows no dialect. */
@NullMarked
package dev.lockstep.wire.socket;

import org.jspecify.annotations.NullMarked;
