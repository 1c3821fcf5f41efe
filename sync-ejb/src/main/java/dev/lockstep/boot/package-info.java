/** The component of the EAR that starts and stops the engine. No other package uses it. */
@NullMarked
package dev.lockstep.boot;

import org.jspecify.annotations.NullMarked;
