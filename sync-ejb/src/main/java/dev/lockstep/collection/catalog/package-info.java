/** What the database's catalog says of the tables behind collections: checks of the mapping at deployment, and constraints for refusals. */
@NullMarked
package dev.lockstep.collection.catalog;

import org.jspecify.annotations.NullMarked;
