/** JSON as plain values, and the JSON of refusals. */
@NullMarked
package dev.lockstep.wire.json;

import org.jspecify.annotations.NullMarked;
