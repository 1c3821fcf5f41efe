/** Lockstep's promises, seen from outside: the same contracts against a server on H2 and one on PostgreSQL. */
@NullMarked
package dev.lockstep.system.outside;

import org.jspecify.annotations.NullMarked;
