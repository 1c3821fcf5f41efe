/** The database's catalog of the tables behind collections: checks at deployment, and constraints for refusals. */
@NullMarked
package dev.lockstep.collection.catalog;

import org.jspecify.annotations.NullMarked;
