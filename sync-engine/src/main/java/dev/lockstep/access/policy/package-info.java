/** Access policies and rules of applications, and their decisions on requests. Knows nothing of interceptors. */
@NullMarked
package dev.lockstep.access.policy;

import org.jspecify.annotations.NullMarked;
