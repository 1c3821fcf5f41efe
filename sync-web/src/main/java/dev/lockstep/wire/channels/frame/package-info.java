/** The frames that the channels dialect sends, for both generations of its clients. Knows no connection and no database. */
@NullMarked
package dev.lockstep.wire.channels.frame;

import org.jspecify.annotations.NullMarked;
