/**
 * Transactions on the one data source, and the schema in it. Knows nothing of what is stored.
 */
@NullMarked
package dev.lockstep.database;

import org.jspecify.annotations.NullMarked;
