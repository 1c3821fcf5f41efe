package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a collection's ids a function of key fields, as in a join table. The id is computed from the fields of the key,
 * and a client's value for it is ignored, so it is the same for every client that inserts the row. Clients insert and
 * delete such rows, and cannot update them. Deletes are hard, so that a row can be inserted again.
 *
 * <pre>{@code
 * @Entity
 * @SyncCollection("task-labels")
 * @CompositeKey({"taskId", "labelId"})
 * public class TaskLabel extends SyncRow { ... }
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface CompositeKey {
    /** The {@code String} fields of the key by their names on the wire, in the order in which they form the id. */
    String[] value();
}
