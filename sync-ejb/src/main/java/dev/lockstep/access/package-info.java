/**
 * Who may do what: guarded beans that dialects call, and the interceptors around them. Inside them access has been
 * decided.
 */
@NullMarked
package dev.lockstep.access;

import org.jspecify.annotations.NullMarked;
