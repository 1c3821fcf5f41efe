/** Starts the engine with the deployment and stops it. Knows everything behind it; nothing of the engine knows it. */
@NullMarked
package dev.lockstep.boot;

import org.jspecify.annotations.NullMarked;
