/**
 * The channels dialect: the socket of the published clients of {@code @sveltebase/sync}, versions 1.4 and 2.0. Its frames and
 * its endpoint, nothing else; requests go through the guarded beans of {@code dev.lockstep.access}.
 */
@NullMarked
package dev.lockstep.wire.channels;

import org.jspecify.annotations.NullMarked;
