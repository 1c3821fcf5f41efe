package dev.lockstep.api;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Application code behind sockets of dialects whose clients send messages of their own. CDI beans in an application's
 * packages. What concerns one socket comes in its order, one thing at a time, on a thread that may block for a moment;
 * sockets come from many threads at once.
 */
public interface SocketHook {
    /** One end of a socket. Thread-safe. */
    interface Peer {
        /** Names the connection; never the same again. */
        String id();

        /** Whose it is. */
        Caller caller();

        /** The groups that it follows. */
        Set<String> groups();

        /** Sends a message: one JSON text. A client that does not read is closed. */
        void send(String json);
    }

    /** A socket follows its groups from now on, perhaps again, and perhaps others than before. */
    default void subscribed(Peer peer) {}

    /**
     * A message that the dialect does not know, of somebody who has subscribed.
     *
     * @param message plain values, as in {@link Change}
     * @return whether it was for this hook: then no other is asked
     */
    default boolean received(Peer peer, Map<String, @Nullable Object> message) {
        return false;
    }

    /** A socket that had subscribed is gone. */
    default void closed(Peer peer) {}
}
