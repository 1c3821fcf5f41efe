/** Who callers are, from outside: the probe on a server that takes tokens, tickets, cookies and passwords. */
@NullMarked
package dev.lockstep.system.identity;

import org.jspecify.annotations.NullMarked;
