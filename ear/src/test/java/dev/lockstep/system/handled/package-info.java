/** Collections that are kept by handlers, on the provisioned server. */
@NullMarked
package dev.lockstep.system.handled;

import org.jspecify.annotations.NullMarked;
