package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The time of the row's last change. An {@code Instant} that the server sets; a client's value is ignored.
 *
 * <pre>{@code
 * @UpdatedAt
 * @Column(name = "updated_at", nullable = false)
 * private Instant updatedAt;
 * }</pre>
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface UpdatedAt {}
