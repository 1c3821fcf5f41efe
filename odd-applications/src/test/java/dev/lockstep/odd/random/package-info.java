/** The requests: collections, their fields' values, and the steps that a seed makes of them. Knows no server. */
@NullMarked
package dev.lockstep.odd.random;

import org.jspecify.annotations.NullMarked;
