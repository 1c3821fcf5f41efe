package dev.lockstep.api.hook;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Application code for sockets of dialects whose clients send messages of their own. CDI beans in an application's
 * packages. Calls for one socket come in order, one at a time, on a thread that may block briefly; calls for different
 * sockets come from many threads at once.
 */
public interface SocketHook {
    /** The application's view of one connection. Thread-safe. */
    interface Peer {
        /** The connection's id; never used again. */
        String id();

        /** The identity behind the connection. */
        Caller caller();

        /** The groups of its subscription. */
        Set<String> groups();

        /** Sends a message: one JSON text. The connection of a client that does not read is closed. */
        void send(String json);
    }

    /** The connection has subscribed; called again for each later subscription, whose groups may differ. */
    default void subscribed(Peer peer) {}

    /**
     * A message of a subscribed connection that the dialect does not know.
     *
     * @param message plain values, as in {@link Change}
     * @return whether this hook has handled the message; if so, no other hook receives it
     */
    default boolean received(Peer peer, Map<String, @Nullable Object> message) {
        return false;
    }

    /** A connection that had subscribed is closed. */
    default void closed(Peer peer) {}
}
