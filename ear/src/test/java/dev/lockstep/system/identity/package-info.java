/** Identity from outside: the probe application on a server that accepts tokens, tickets, cookies and passwords. */
@NullMarked
package dev.lockstep.system.identity;

import org.jspecify.annotations.NullMarked;
