/**
 * On which threads things run: the engine's own work, and apart from it the application code that the engine calls, so
 * that application code that blocks keeps nothing of the engine waiting.
 */
@NullMarked
package dev.lockstep.execution;

import org.jspecify.annotations.NullMarked;
