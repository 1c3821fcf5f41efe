/**
 * The batch writer: evaluates queued mutations in order, writes their rows, appends to the log and commits, many mutations in
 * one transaction.
 */
@NullMarked
package dev.lockstep.mutation.batch;

import org.jspecify.annotations.NullMarked;
