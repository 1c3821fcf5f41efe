/** Collections whose rows an application keeps elsewhere. */
@NullMarked
package dev.lockstep.api.handler;

import org.jspecify.annotations.NullMarked;
