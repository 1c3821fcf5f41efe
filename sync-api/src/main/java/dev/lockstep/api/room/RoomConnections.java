package dev.lockstep.api.room;

import dev.lockstep.api.RoomId;

/**
 * Sends short-lived messages to the connections of a room: presence, a typing indicator, a cursor. A CDI bean.
 * Thread-safe; never blocks.
 *
 * <pre>{@code
 * @Inject RoomConnections connections;
 *
 * connections.send(new RoomId("shopping", "list-1"), "{\"type\":\"typing\",\"name\":\"ann\"}");
 * }</pre>
 *
 * <p>A message is no change: it has no {@code Seq}, is not logged, and is not sent again. It reaches the connections of
 * this node that are in the room at that moment and read fast enough; all others miss it. Its order to changes is not
 * defined. Messages of one thread to one room arrive in the order in which they were sent.
 *
 * <p>The dialect decides the frame. In the native dialect, connections that were opened with the query parameter
 * {@code messages=all} receive <code>{"type":"message","payload":&lt;the JSON&gt;}</code>; others receive nothing. In
 * Strata's dialect, connections receive the JSON itself as a frame, as from
 * {@link dev.lockstep.api.hook.SocketHook.Peer#send}, and only where the application has a {@code SocketHook}.
 *
 * <p>Rows of single-tenant collections are in the {@linkplain RoomId#shared shared room}; so are the connections of an
 * application that has no other collections.
 */
public interface RoomConnections {
    /** Longest message, in characters. */
    int MESSAGE_CHARACTERS_MAX = 16 * 1024;

    /** Most messages that wait on a connection. The oldest is dropped for one more. */
    int WAITING_MAX = 16;

    /**
     * Sends a message. Does nothing if the room has no connection. The message is dropped, with one warning in the log, if
     * more than 1,000 messages of this node wait to be handed to their rooms.
     *
     * @param json one JSON object, as text
     * @throws IllegalArgumentException if the text is no JSON object, or longer than {@link #MESSAGE_CHARACTERS_MAX}
     */
    void send(RoomId room, String json);
}
