package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The time at which the row was inserted. An {@code Instant} that the server sets; a client's value is ignored. If the
 * field is {@link Writable} {@code ON_INSERT}, a client's value is kept, and the server's time is the default.
 *
 * <pre>{@code
 * @CreatedAt
 * @Column(name = "created_at", nullable = false)
 * private Instant createdAt;
 * }</pre>
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface CreatedAt {}
