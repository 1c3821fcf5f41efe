/** Reading of the native dialect's request bodies. Knows nothing of routes and answers. */
@NullMarked
package dev.lockstep.wire.cfsync.request;

import org.jspecify.annotations.NullMarked;
