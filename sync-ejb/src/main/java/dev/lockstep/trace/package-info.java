/**
 * What an operator sees of a mutation's path: ids and times, never payloads or tokens.
 */
@NullMarked
package dev.lockstep.trace;

import org.jspecify.annotations.NullMarked;
