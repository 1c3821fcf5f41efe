package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The column that holds the scope of a row: a label inside its room by which clients list and follow part of a
 * collection. A new row gets the scope of its request, unless the client sends a value for the field itself; the row
 * moves when that value changes. Scopes keep nobody out: rooms and access rules do.
 *
 * <p>At most one {@code String} field of an entity, one that clients see and may write on insert.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ScopeColumn {}
