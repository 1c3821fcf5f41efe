/** Small clients of the channels, of both generations, and tests of what they agree on. */
@NullMarked
package dev.lockstep.system.channels;

import org.jspecify.annotations.NullMarked;
