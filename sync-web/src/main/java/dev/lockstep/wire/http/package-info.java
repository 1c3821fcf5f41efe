/** What dialects share over HTTP: bodies, paths, CORS, and answers that come later. Knows no identities and no sockets. */
@NullMarked
package dev.lockstep.wire.http;

import org.jspecify.annotations.NullMarked;
