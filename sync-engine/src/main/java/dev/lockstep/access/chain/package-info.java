/** The steps of the access chain, one interceptor each. Knows when a rule is evaluated, not how. */
@NullMarked
package dev.lockstep.access.chain;

import org.jspecify.annotations.NullMarked;
