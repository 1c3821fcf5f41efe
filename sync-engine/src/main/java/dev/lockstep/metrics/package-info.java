/**
 * Metrics of the node for operators: counts, sizes and times, never ids. Recording never blocks the caller.
 */
@NullMarked
package dev.lockstep.metrics;

import org.jspecify.annotations.NullMarked;
