package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * When clients may give a field a value. What they send for it at another time is ignored: they send whole rows back.
 * Application code may always write it. Of the fields that are the server's, a {@link CreatedAt} may be
 * {@code ON_INSERT}, and a {@link RoomColumn} {@code ALWAYS} or {@code ON_UPDATE}. For a field that clients neither write nor see, there is
 * {@code @JsonbTransient}.
 *
 * <p>A field that must not be {@code null}, and that clients may not write on insert, needs a default value in the
 * entity.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Writable {
    /** When clients may write the field. */
    When value();

    /** A moment in the life of a row. */
    enum When {
        /** What a field without this annotation is. */
        ALWAYS,
        ON_INSERT,
        ON_UPDATE,
        NEVER
    }
}
