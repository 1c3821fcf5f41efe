package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The column that holds the name of the room a row lives in. The server fills it from the path of the request and
 * never lets a client change it, unless it is {@link Writable} {@code ALWAYS} or {@code ON_UPDATE}: then clients may move
 * rows to rooms that they may write to. On the id, each row is a room of its own. A collection without one is
 * single-tenant: its rows live in the application's shared room.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RoomColumn {}
