/** JSON Web Tokens: keys, their rotation, and verification. */
@NullMarked
package dev.lockstep.wire.identity.jwt;

import org.jspecify.annotations.NullMarked;
