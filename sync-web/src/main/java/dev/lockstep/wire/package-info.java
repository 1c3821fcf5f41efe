/**
 * What dialects share: names in paths, JSON as plain values, sockets and their outboxes, the application that a WAR
 * serves. Knows no dialect.
 */
@NullMarked
package dev.lockstep.wire;

import org.jspecify.annotations.NullMarked;
