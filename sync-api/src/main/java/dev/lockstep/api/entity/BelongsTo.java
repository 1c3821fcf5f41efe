package dev.lockstep.api.entity;

import dev.lockstep.api.Mutation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field with the id of another row, the parent: of another collection of the application, or of the same one. It has
 * the type of the parent's id, or is a {@code @ManyToOne} to the parent. It may be {@code null}. For a relation the parent
 * must exist when a client names it; for another field Lockstep does not check that, and a foreign key can.
 *
 * <pre>{@code
 * @BelongsTo(value = Project.class, onDelete = BelongsTo.OnDelete.DELETE)
 * private String projectId;
 * }</pre>
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface BelongsTo {
    /** The parent's entity class. */
    Class<?> value();

    /** The effect on this row when its parent is deleted. */
    OnDelete onDelete() default OnDelete.KEEP;

    /** The effect of a delete on the children of the deleted row. */
    enum OnDelete {
        /** The children stay unchanged. */
        KEEP,
        /**
         * The children, and their children, are deleted in the same mutation, each in the way of its collection; at most
         * {@link Mutation#CHANGES_MAX} rows. A foreign key without an action of its own may bind them. Children are in
         * their parent's room; a row of another room stays unchanged.
         */
        DELETE
    }
}
