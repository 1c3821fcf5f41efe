/** Strata's published clients, unmodified. The tests themselves are in {@code src/test/strata}. */
@NullMarked
package dev.lockstep.system.strata;

import org.jspecify.annotations.NullMarked;
