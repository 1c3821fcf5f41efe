/** Start and stop of the engine. Knows all packages of the engine; none of them knows it. */
@NullMarked
package dev.lockstep.engine;

import org.jspecify.annotations.NullMarked;
