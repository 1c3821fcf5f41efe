/** Identities of callers: what an application adds to the server's own authentication, and the members of groups. */
@NullMarked
package dev.lockstep.api.identity;

import org.jspecify.annotations.NullMarked;
