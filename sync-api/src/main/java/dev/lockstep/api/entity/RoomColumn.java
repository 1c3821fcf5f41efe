package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The column with the name of the row's room. The server sets it from the path of the request, and clients cannot change
 * it. If it is {@link Writable} {@code ALWAYS} or {@code ON_UPDATE}, clients may move rows to rooms that they may write
 * to. On the id, each row is a room of its own. A collection without the annotation is single-tenant: its rows are in
 * the application's shared room. On a {@code @ManyToOne} the room's name is the id of the other row. A row whose column is
 * NULL or empty is in no room, and no client sees it.
 *
 * <pre>{@code
 * @RoomColumn
 * @Column(name = "room", nullable = false)
 * private String room;
 * }</pre>
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface RoomColumn {}
