/** HTTP for all dialects: bodies, paths, CORS and asynchronous responses. Knows no identities and no sockets. */
@NullMarked
package dev.lockstep.wire.http;

import org.jspecify.annotations.NullMarked;
