/**
 * The user who is signed in by a password, and signing out, as the original's front ends expect both. Independent of
 * any application.
 */
@NullMarked
package dev.lockstep.examples.signin;

import org.jspecify.annotations.NullMarked;
