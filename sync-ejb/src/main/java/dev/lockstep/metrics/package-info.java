/**
 * What an operator sees of the server as a whole: counts, sizes and times, never ids. Whoever does something tells it
 * here; nobody waits for it.
 */
@NullMarked
package dev.lockstep.metrics;

import org.jspecify.annotations.NullMarked;
