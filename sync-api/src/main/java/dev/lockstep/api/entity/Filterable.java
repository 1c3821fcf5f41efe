package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field by whose values clients may filter lists and subscriptions. On an entity: the fields with these names on the
 * wire, for inherited fields such as {@code createdAt}. Requests that filter by another field are refused.
 *
 * <pre>{@code
 * @Filterable
 * @Sortable
 * Instant dueAt;
 * }</pre>
 *
 * <p>Numbers, dates and times can be compared ({@code gt}, {@code gte}, {@code lt}, {@code lte}); texts, booleans, enums
 * and UUIDs only for equality. Allowed on fields of these types that clients receive and no converter stores; on another
 * field it fails the deployment. The deployment logs a warning if the table has no index for the field. The log of the
 * collection then holds each updated row as it was before, as with a read filter.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Filterable {
    /** On an entity: the names of the fields on the wire. On a field: empty. */
    String[] value() default {};
}
