/** The steps around guarded beans, one interceptor each. Knows when something is asked, not what is answered. */
@NullMarked
package dev.lockstep.access.chain;

import org.jspecify.annotations.NullMarked;
