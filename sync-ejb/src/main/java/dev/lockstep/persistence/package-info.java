/**
 * What Hibernate is told before it reads the persistence unit. Nothing else of Lockstep depends on Hibernate; where
 * another provider is at work, this package is never loaded.
 */
@NullMarked
package dev.lockstep.persistence;

import org.jspecify.annotations.NullMarked;
