package dev.lockstep.api;

import dev.lockstep.api.access.AccessRule;
import jakarta.enterprise.context.NormalScope;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One instance for each open room. It is made when the first session enters the room, and destroyed when the last one
 * has left; in a room that is entered again at once, the next may be made before the last one is quite destroyed. Active
 * wherever Lockstep calls application code on behalf of a room: in {@link AccessRule}s; where nobody follows the room,
 * for as long as the rule is asked.
 */
@NormalScope
@Inherited
@Documented
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface RoomScoped {}
