/** The handlers of applications, by collection. Calls no handler. */
@NullMarked
package dev.lockstep.handler;

import org.jspecify.annotations.NullMarked;
