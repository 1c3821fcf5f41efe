package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The loading strategy of a collection for clients with a local store. Without it, they load all rows at the start.
 *
 * <pre>{@code
 * @Entity
 * @SyncCollection(value = "Comment", clientIds = true)
 * @Loading(value = Loading.Strategy.PARTIAL, keys = "taskId")
 * public class Comment extends SyncRow { ... }
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Loading {
    /** The time at which clients load rows. */
    Strategy value() default Strategy.INSTANT;

    /**
     * The {@code String} fields, by their names on the wire, by whose values clients may load rows. The id is always one of
     * them, except with {@link Strategy#INSTANT}.
     */
    String[] keys() default {};

    /** The time at which clients load rows. */
    enum Strategy {
        /** With the first snapshot. */
        INSTANT,
        /** On demand. */
        LAZY,
        /** On demand, by the value of a key. */
        PARTIAL
    }
}
