/**
 * Additions to an application's own endpoints: the caller, its token and its roles, and responses to refusals.
 * Knows no dialect.
 */
@NullMarked
package dev.lockstep.wire.endpoint;

import org.jspecify.annotations.NullMarked;
