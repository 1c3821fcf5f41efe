package dev.lockstep.api.entity;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.access.AccessPolicy;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The column with the subject of the caller who inserted the row. A {@code String} that the server sets: a client's value
 * is ignored, and no client changes it later. Application code may. If the column may not be {@code null}, an insert by
 * an anonymous caller is refused as {@link ErrorCode#UNAUTHENTICATED}.
 *
 * <p>The column alone restricts no access; {@link AccessPolicy.Builder#requireOwner} does.
 *
 * <pre>{@code
 * @OwnerColumn
 * @Column(name = "owner_id", nullable = false)
 * private String ownerId;
 * }</pre>
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface OwnerColumn {}
