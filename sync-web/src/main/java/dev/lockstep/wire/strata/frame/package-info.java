/** The frames and answers of the Strata dialect. Key order is fixed here. */
@NullMarked
package dev.lockstep.wire.strata.frame;

import org.jspecify.annotations.NullMarked;
