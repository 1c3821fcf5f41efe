/** JSON as plain values, and refusals as JSON. */
@NullMarked
package dev.lockstep.wire.json;

import org.jspecify.annotations.NullMarked;
