/**
 * The entities behind collections: the meaning of an entity's annotations, values to and from JSON, timestamps, soft
 * delete, and the only queries over rows. Knows nothing of the log, of sessions or of dialects.
 */
@NullMarked
package dev.lockstep.collection;

import org.jspecify.annotations.NullMarked;
