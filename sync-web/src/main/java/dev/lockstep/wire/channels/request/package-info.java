/** The messages that clients of the channels dialect send. Knows no connection and no database. */
@NullMarked
package dev.lockstep.wire.channels.request;

import org.jspecify.annotations.NullMarked;
