package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The column with the row's scope: a label inside its room by which clients list and subscribe to a part of a collection.
 * A new row gets the scope of its request, unless the client sends a value for the field. The row moves when that value
 * changes. Scopes restrict no access; rooms and access rules do.
 *
 * <p>At most one {@code String} field of an entity; clients must be able to read it and to write it on insert.
 *
 * <pre>{@code
 * @ScopeColumn
 * private String listId;
 * }</pre>
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface ScopeColumn {}
