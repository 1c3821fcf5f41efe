/**
 * Guarded beans that dialects call, what is asked of them, and how much may be on its way in. Around them stands the
 * access chain: inside them access has been decided.
 */
@NullMarked
package dev.lockstep.access;

import org.jspecify.annotations.NullMarked;
