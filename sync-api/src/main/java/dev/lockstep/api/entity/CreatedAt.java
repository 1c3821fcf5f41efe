package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * When the row was inserted. An {@code Instant}, set by the server; what a client sends for it is ignored, unless the
 * field is {@link Writable} {@code ON_INSERT}: then it is kept, and the server's time stands in where there is none.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface CreatedAt {}
