package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field that clients may write and never receive, for example a PIN or a password hash. No row, frame or list contains
 * it.
 *
 * <pre>{@code
 * @NeverSent
 * private String pinHash;
 * }</pre>
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface NeverSent {}
