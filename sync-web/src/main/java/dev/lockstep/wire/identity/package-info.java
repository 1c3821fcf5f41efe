/**
 * Who sends a request: one filter asks the resolvers in their order, before REST, pages and upgrades alike. Knows no
 * dialect.
 */
@NullMarked
package dev.lockstep.wire.identity;

import org.jspecify.annotations.NullMarked;
