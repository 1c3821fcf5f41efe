/**
 * The API for application developers: annotations for entities, the vocabulary of changes and refusals, rules. Knows no
 * wire protocol and no storage; all other packages of Lockstep depend on it.
 */
@NullMarked
package dev.lockstep.api;

import org.jspecify.annotations.NullMarked;
