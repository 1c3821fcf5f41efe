/**
 * Tracing of mutations for operators: ids and times, never payloads or tokens.
 */
@NullMarked
package dev.lockstep.trace;

import org.jspecify.annotations.NullMarked;
