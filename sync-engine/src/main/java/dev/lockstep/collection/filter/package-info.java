/** Filters that clients give to lists and subscriptions: conditions on declared fields, in SQL and over rows as JSON. */
@NullMarked
package dev.lockstep.collection.filter;

import org.jspecify.annotations.NullMarked;
