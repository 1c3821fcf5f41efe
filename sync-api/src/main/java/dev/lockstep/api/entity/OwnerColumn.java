package dev.lockstep.api.entity;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.access.AccessPolicy;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The column that holds the subject of the caller who inserted the row. A {@code String}, set by the server; what a
 * client sends for it is ignored, and no client changes it afterwards. Application code may. Where it may not be
 * {@code null}, an anonymous caller inserts nothing: {@link ErrorCode#UNAUTHENTICATED}.
 *
 * <p>By itself it keeps nobody out: {@link AccessPolicy.Builder#requireOwner} does.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OwnerColumn {}
