/** Readers and validation of the requests of the Strata dialect. */
@NullMarked
package dev.lockstep.wire.strata.request;

import org.jspecify.annotations.NullMarked;
