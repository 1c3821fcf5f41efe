package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Rows that are known by what they connect, as those of a join table: the id is computed from the fields of the key,
 * whatever a client sends for it, and so is the same whoever inserts the row. Clients insert and delete such rows, and
 * change none; deletes are for good, so that a row may come back.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface CompositeKey {
    /** The {@code String} fields of the key by their names on the wire, in the order in which the id is made of them. */
    String[] value();
}
