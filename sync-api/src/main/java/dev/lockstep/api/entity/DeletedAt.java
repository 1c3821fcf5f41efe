package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The time at which the row was deleted, {@code null} while it is live. An {@code Instant}. With such a field deletes are
 * soft: the row stays in its table, and no list, update or delete finds it. Never sent to clients.
 *
 * <pre>{@code
 * @DeletedAt
 * @Column(name = "deleted_at")
 * private Instant deletedAt;
 * }</pre>
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface DeletedAt {}
