package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The operations in which clients may set a field. A client's value in another operation is ignored, because clients send
 * whole rows back. Application code may always set it. Of the fields that the server sets, a {@link CreatedAt} may be
 * {@code ON_INSERT}, and a {@link RoomColumn} {@code ALWAYS} or {@code ON_UPDATE}. Use {@code @JsonbTransient} for a
 * field that clients neither write nor receive.
 *
 * <p>A field that may not be {@code null}, and that clients may not set on insert, needs a default value in the entity.
 *
 * <pre>{@code
 * @Writable(Writable.When.ON_INSERT)
 * private String kind;
 * }</pre>
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Writable {
    /** The operations in which clients may set the field. */
    When value();

    /** The operations in which clients may set a field. */
    enum When {
        /** On insert and update: the default without this annotation. */
        ALWAYS,
        ON_INSERT,
        ON_UPDATE,
        NEVER
    }
}
