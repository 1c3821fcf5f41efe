/**
 * Transactions on the single data source, and its schema. Knows nothing of the stored data.
 */
@NullMarked
package dev.lockstep.database;

import org.jspecify.annotations.NullMarked;
