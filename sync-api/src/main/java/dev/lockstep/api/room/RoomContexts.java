package dev.lockstep.api.room;

import dev.lockstep.api.RoomId;
import java.util.function.Supplier;

/**
 * Activates the scope of a room on the calling thread, for application code that names the room itself: an endpoint
 * with the room in its path, or a {@link dev.lockstep.api.hook.SocketHook}. A CDI bean. Thread-safe.
 *
 * <pre>{@code
 * @Inject RoomContexts rooms;
 * @Inject Typists typists; // @RoomScoped
 *
 * @GET
 * @Path("typing/{room}")
 * public Set<String> typing(@PathParam("room") String room) {
 *     return rooms.in(new RoomId("shopping", room), () -> Set.copyOf(typists.names()));
 * }
 * }</pre>
 *
 * <p>The access chain is not asked: the application decides which callers reach the room. Blocks may be nested; the
 * inner room is active until its block ends. Other threads that the block starts are in no room.
 */
public interface RoomContexts {
    /**
     * Runs work in a room and returns its result. Beans that are {@link RoomScoped} are those of this room; where the room
     * has no connection, they are destroyed when the work ends.
     *
     * @throws RuntimeException that the work throws
     */
    <T> T in(RoomId room, Supplier<T> work);

    /**
     * The same for work without a result.
     *
     * @throws RuntimeException that the work throws
     */
    default void run(RoomId room, Runnable work) {
        in(room, () -> {
            work.run();
            return room;
        });
    }
}
