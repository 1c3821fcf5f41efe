/** The writers of sockets: Undertow's own API, which coalesces writes, and the portable one. */
@NullMarked
package dev.lockstep.wire.socket.writer;

import org.jspecify.annotations.NullMarked;
