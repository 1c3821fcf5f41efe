/** The OpenAPI document of an application's routes in the native dialect. Knows the collections, and no request. */
@NullMarked
package dev.lockstep.wire.cfsync.openapi;

import org.jspecify.annotations.NullMarked;
