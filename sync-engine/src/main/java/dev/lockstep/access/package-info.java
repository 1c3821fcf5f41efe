/**
 * Guarded beans that dialects call, and their requests. The access chain surrounds them: inside them access has been
 * granted.
 */
@NullMarked
package dev.lockstep.access;

import org.jspecify.annotations.NullMarked;
