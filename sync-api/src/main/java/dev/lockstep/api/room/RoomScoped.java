package dev.lockstep.api.room;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.access.AccessRule;
import dev.lockstep.api.access.ReadFilter;
import dev.lockstep.api.hook.ChangeHook;
import dev.lockstep.api.hook.SocketHook;
import jakarta.enterprise.context.NormalScope;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * CDI scope with one instance of a bean for each open room, on each node. The instance is made at its first use and
 * destroyed when the last connection has left the room. Its state is in memory only: it is lost with the node, and
 * other nodes do not see it.
 *
 * <pre>{@code
 * @RoomScoped
 * public class Typists {
 *     private final Set<String> names = ConcurrentHashMap.newKeySet();
 *
 *     public Set<String> names() {
 *         return names;
 *     }
 * }
 * }</pre>
 *
 * <p>The scope is active where Lockstep calls application code for a room:
 *
 * <ul>
 *   <li>in {@link AccessRule}s and {@link ReadFilter}s, in the room of the request;
 *   <li>in {@link ChangeHook}s, in the room of the mutation ({@link dev.lockstep.api.Mutation#room});
 *   <li>in all other code, in the block that it passes to {@link RoomContexts}: an endpoint of the application, or a
 *       {@link SocketHook}, whose connection may have joined several rooms.
 * </ul>
 *
 * <p>Where no connection is in the room, the instance lives until the call returns. In a room that is entered again at
 * once, the next instance may be made before the previous one is destroyed. Outside an active scope a call to the bean
 * throws {@code ContextNotActiveException}. Several threads may call one instance at the same time: the bean must be
 * thread-safe. The shared room ({@link RoomId#shared}) has an instance like any other.
 */
@NormalScope
@Inherited
@Documented
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface RoomScoped {}
