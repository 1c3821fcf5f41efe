package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field by whose values clients may sort lists, in both directions. On an entity: the fields with these names on the
 * wire, for inherited fields such as {@code createdAt}. Rows with equal values are sorted by id in the same direction;
 * rows without a value sort lowest. The order of texts is that of the database's collation.
 *
 * <pre>{@code
 * @Entity
 * @SyncCollection("tasks")
 * @Sortable("createdAt")
 * public class Task extends SyncRow {
 *     @Sortable
 *     String title;
 * }
 * }</pre>
 *
 * <p>Allowed on fields that {@link Filterable} accepts. The deployment logs a warning if the table has no index for the
 * order.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Sortable {
    /** On an entity: the names of the fields on the wire. On a field: empty. */
    String[] value() default {};
}
