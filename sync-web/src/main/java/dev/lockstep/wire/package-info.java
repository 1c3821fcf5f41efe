/** Start of a WAR: the server's resources for the engine, and the settings that all dialects share. Knows no dialect. */
@NullMarked
package dev.lockstep.wire;

import org.jspecify.annotations.NullMarked;
