package dev.lockstep.api.entity;

import dev.lockstep.api.Mutation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The {@code String} field that holds the id of another row, the parent: of another collection of the application, or of
 * the same one. It may be empty, and nobody looks whether the parent is there: that is for a foreign key to do.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface BelongsTo {
    /** The parent's entity class. */
    Class<?> value();

    /** What becomes of the row when its parent is deleted. */
    OnDelete onDelete() default OnDelete.KEEP;

    /** What becomes of the children of a row that is deleted. */
    enum OnDelete {
        /** They stay as they are. */
        KEEP,
        /**
         * They are deleted in the same mutation, each in its collection's way, and so are theirs; at most
         * {@link Mutation#CHANGES_MAX} of them. A foreign key may bind them, without an action of its own. Children live in their parent's room; a row of another room is left
         * alone.
         */
        DELETE
    }
}
