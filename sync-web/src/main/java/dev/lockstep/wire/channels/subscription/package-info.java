/** Channels, their rows in pages, and what a subscription of either generation of clients sends. Knows no session. */
@NullMarked
package dev.lockstep.wire.channels.subscription;

import org.jspecify.annotations.NullMarked;
