package dev.lockstep.wire.cfsync;

import dev.lockstep.api.Caller;
import dev.lockstep.api.RoomId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows which requests come from a client of version 0.25 or later; where the generations disagree, it is asked (rule
 * CFS23). A request tells by itself, if it carries the ids of its rows. Else its caller tells, by a socket on the same room
 * that is open on this node and has sent a ping; anonymous callers of a room count as one. Thread-safe.
 */
@ApplicationScoped
public class ClientGenerations {
    private final Map<Key, Integer> pinging = new ConcurrentHashMap<>(); // as many as there are open sockets, at most

    private record Key(RoomId room, Optional<String> subject) {
        static Key of(RoomId room, Caller caller) {
            return new Key(room, caller.subject());
        }
    }

    /** A socket of the caller has sent its first ping. */
    void pings(RoomId room, Caller caller) {
        pinging.merge(Key.of(room, caller), 1, Integer::sum);
    }

    /** A socket that has sent a ping is gone. */
    void gone(RoomId room, Caller caller) {
        pinging.computeIfPresent(Key.of(room, caller), (key, sockets) -> sockets == 1 ? null : sockets - 1);
    }

    /**
     * Whether a request comes from a client of version 0.25 or later.
     *
     * @param body its body, or its query where it has none
     */
    boolean isCurrent(RoomId room, Caller caller, @Nullable Object body) {
        return CfSyncRequests.hasRowIds(body) || pinging.containsKey(Key.of(room, caller));
    }
}
