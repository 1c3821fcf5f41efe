/** An independent client: HTTP, WebSocket, JSON. Depends on none of the server's classes. */
@NullMarked
package dev.lockstep.system.client;

import org.jspecify.annotations.NullMarked;
