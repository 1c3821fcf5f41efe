/**
 * What all nodes know of identities: tickets that open a socket once, and users whose older tokens are not taken any
 * more. Knows no request and no token.
 */
@NullMarked
package dev.lockstep.identity;

import org.jspecify.annotations.NullMarked;
