/** Random mutations of the odd applications, on both databases. */
@NullMarked
package dev.lockstep.odd;

import org.jspecify.annotations.NullMarked;
