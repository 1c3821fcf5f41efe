/**
 * The entities behind collections: what the annotations of an entity mean, values to and from JSON, stamps, soft
 * delete, and the only queries over rows. Knows nothing of the log, of rooms' sessions or of dialects.
 */
@NullMarked
package dev.lockstep.collection;

import org.jspecify.annotations.NullMarked;
