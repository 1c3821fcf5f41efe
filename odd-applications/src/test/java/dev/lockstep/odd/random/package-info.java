/** The requests: collections, their fields' values, and the steps of a seed. Independent of any server. */
@NullMarked
package dev.lockstep.odd.random;

import org.jspecify.annotations.NullMarked;
