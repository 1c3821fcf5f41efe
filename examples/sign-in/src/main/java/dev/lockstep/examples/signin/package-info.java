/** Who is signed in by a password, and signing out, as the original's front ends expect both. Knows no application. */
@NullMarked
package dev.lockstep.examples.signin;

import org.jspecify.annotations.NullMarked;
