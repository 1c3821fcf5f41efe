package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * When the row was deleted, {@code null} while it lives. An {@code Instant}. With such a field deletes are soft: the row
 * stays in its table, and no list, update or delete finds it any more. Never sent to clients.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface DeletedAt {}
