/**
 * Settings for Hibernate before it reads the persistence unit, and listeners for what JPA does not report. No other package
 * depends on Hibernate; with another JPA provider this package is never loaded.
 */
@NullMarked
package dev.lockstep.persistence;

import org.jspecify.annotations.NullMarked;
