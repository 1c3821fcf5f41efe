/** Who may do what: applications' policies and rules, and their answers to one request. Knows nothing of interceptors. */
@NullMarked
package dev.lockstep.access.policy;

import org.jspecify.annotations.NullMarked;
