/** A client as anybody could write it: HTTP, WebSocket, JSON. Knows nothing of the server's classes. */
@NullMarked
package dev.lockstep.system.client;

import org.jspecify.annotations.NullMarked;
