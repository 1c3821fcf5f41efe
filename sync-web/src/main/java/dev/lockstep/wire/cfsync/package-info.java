/**
 * The native dialect: cf-sync-kit's REST verbs and broadcast socket. It holds frames and endpoints only, and calls the guarded
 * beans of {@code dev.lockstep.access}.
 */
@NullMarked
package dev.lockstep.wire.cfsync;

import org.jspecify.annotations.NullMarked;
