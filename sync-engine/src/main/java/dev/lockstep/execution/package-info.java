/**
 * Executors: one for work of the engine, and a separate one for application code, so that blocking application code does
 * not delay the engine.
 */
@NullMarked
package dev.lockstep.execution;

import org.jspecify.annotations.NullMarked;
