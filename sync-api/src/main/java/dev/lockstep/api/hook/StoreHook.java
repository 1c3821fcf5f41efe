package dev.lockstep.api.hook;

import dev.lockstep.api.StoreEvent;
import java.util.List;
import java.util.Map;

/**
 * Application code around pushes and pulls of clients. CDI beans in an application's packages, called in the order of their
 * {@code @Priority}, on threads that may block. Calls come from many threads at once; the pushes of one socket come one after
 * another.
 *
 * <p>A refusal is a {@link dev.lockstep.api.SyncException}. A published LiveStore client repeats a refused push for ever, and
 * sends no later event before it. So refuse a push only for the time being; to reject one event, accept it, and append a
 * compensating event in {@link #afterPush}.
 *
 * <p>An exception of another kind refuses a push or a pull as {@code INTERNAL}; one that is thrown after the push or the pull
 * is logged and has no other effect.
 */
public interface StoreHook {
    /**
     * The headers that {@link StoreRequest#headers} has beside those that {@code lockstep.livestore.forwarded-headers} names.
     * Called at each handshake, and at each request by HTTP, before the access rules: it must not block. Values may be derived,
     * such as one part of a cookie. A hook that fails here is logged, and forwards nothing.
     *
     * @param headers all headers of the request, by name in lower case; several values of a name are joined by commas. They hold
     *     credentials
     * @return names and values; names are made lower case
     */
    default Map<String, String> forwardHeaders(Map<String, String> headers) {
        return Map.of();
    }

    /**
     * A client sends events. They may be refused later, because another client was faster: side effects belong in
     * {@link #afterPush}.
     *
     * @throws dev.lockstep.api.SyncException to refuse the push; its message reaches the client
     */
    default void beforePush(StoreRequest request, List<StoreEvent> events) {}

    /** The events of a push are durable. Called once for each accepted push, perhaps after its events were delivered. */
    default void afterPush(StoreRequest request, List<StoreEvent> events) {}

    /**
     * A client asks for events. A refusal closes its socket; by HTTP it is the answer.
     *
     * @param after the number of the last event that the client has
     * @throws dev.lockstep.api.SyncException to refuse the pull
     */
    default void beforePull(StoreRequest request, long after) {}

    /**
     * The access rules have granted a pull, and the answer begins. New events follow on a socket without further calls.
     *
     * @param after the number of the last event that the client has
     */
    default void afterPull(StoreRequest request, long after) {}
}
