/** Start and stop of the engine with the deployment. Knows all packages of the engine; none of them knows it. */
@NullMarked
package dev.lockstep.boot;

import org.jspecify.annotations.NullMarked;
