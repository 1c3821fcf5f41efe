/**
 * Guarded beans that dialects call, and what is asked of them. Around them stands the access chain: inside them access
 * has been decided.
 */
@NullMarked
package dev.lockstep.access;

import org.jspecify.annotations.NullMarked;
