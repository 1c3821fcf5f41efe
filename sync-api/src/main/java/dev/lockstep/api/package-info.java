/**
 * What an application developer compiles against: annotations for entities, the vocabulary of changes and refusals,
 * rules. Knows no wire protocol and no storage; everything else in Lockstep depends on it.
 */
@NullMarked
package dev.lockstep.api;

import org.jspecify.annotations.NullMarked;
