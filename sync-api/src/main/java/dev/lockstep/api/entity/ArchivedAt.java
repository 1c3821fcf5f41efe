package dev.lockstep.api.entity;

import dev.lockstep.api.Operation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The time at which the row was archived, {@code null} while it is not. An {@code Instant} that clients see, and change
 * only by archiving and unarchiving. An archived row stays in all lists. With such a field, {@link Operation#ARCHIVE} and
 * {@link Operation#UNARCHIVE} exist where {@link Operation#UPDATE} does, or where they are named themselves.
 *
 * <pre>{@code
 * @ArchivedAt
 * private Instant archivedAt;
 * }</pre>
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface ArchivedAt {}
