/**
 * The LiveStore dialect: pull and push over a socket and by HTTP. Its endpoints, nothing else; what it asks for goes through
 * the guarded beans of {@code dev.lockstep.access}.
 */
@NullMarked
package dev.lockstep.wire.livestore;

import org.jspecify.annotations.NullMarked;
