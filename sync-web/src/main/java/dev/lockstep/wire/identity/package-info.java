/**
 * Authentication: one filter calls the identity resolvers in order, before REST, pages and upgrades. Knows no dialect.
 */
@NullMarked
package dev.lockstep.wire.identity;

import org.jspecify.annotations.NullMarked;
