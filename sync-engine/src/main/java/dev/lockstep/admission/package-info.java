/**
 * Memory budgets of a node, over all applications: for request bodies, and for answers that clients have not received.
 */
@NullMarked
package dev.lockstep.admission;

import org.jspecify.annotations.NullMarked;
