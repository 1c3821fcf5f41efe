/** The session cookie of the channels dialect, in its three formats. */
@NullMarked
package dev.lockstep.wire.channels.cookie;

import org.jspecify.annotations.NullMarked;
