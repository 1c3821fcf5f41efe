/**
 * Snapshots of collections with their position in the log. They are read at the speed of the database and spooled, so that
 * slow clients do not keep a database snapshot open.
 */
@NullMarked
package dev.lockstep.snapshot;

import org.jspecify.annotations.NullMarked;
