/**
 * The native dialect: cf-sync-kit's REST verbs and broadcast socket. Its frames and its endpoints, nothing else; what
 * it asks for goes through the guarded beans of {@code dev.lockstep.access}.
 */
@NullMarked
package dev.lockstep.wire.cfsync;

import org.jspecify.annotations.NullMarked;
