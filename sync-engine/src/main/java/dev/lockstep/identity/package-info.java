/**
 * Identities shared by all nodes: single-use tickets for sockets, revocations of users, memberships and changes of rights.
 * Does not depend on requests or tokens.
 */
@NullMarked
package dev.lockstep.identity;

import org.jspecify.annotations.NullMarked;
