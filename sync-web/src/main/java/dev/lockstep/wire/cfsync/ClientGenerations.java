package dev.lockstep.wire.cfsync;

import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.room.Encoder;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.socket.Frame;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Detection of clients of version 0.25 or later, for the cases in which the generations differ (rule CFS23). A request with
 * row ids comes from such a client. So does a request whose caller has a socket on the same room that is open on this node and
 * has sent a ping; anonymous callers of a room count as one. Thread-safe.
 */
@ApplicationScoped
public class ClientGenerations {
    private final Map<Key, Integer> pinging = new ConcurrentHashMap<>(); // at most one entry for each open socket
    private volatile Optional<Encoder<List<Frame>>> broadcasts = Optional.empty();

    @Inject
    private ServedApplication application;

    private record Key(RoomId room, Optional<String> subject) {
        static Key of(RoomId room, Caller caller) {
            return new Key(room, caller.subject());
        }
    }

    /** Records that a socket of the caller sent its first ping. */
    void firstPing(RoomId room, Caller caller) {
        pinging.merge(Key.of(room, caller), 1, Integer::sum);
    }

    /** Records that a socket that had sent a ping closed. */
    void socketClosed(RoomId room, Caller caller) {
        pinging.computeIfPresent(Key.of(room, caller), (key, sockets) -> sockets == 1 ? null : sockets - 1);
    }

    /**
     * Whether a request comes from a client of version 0.25 or later.
     *
     * @param body its body, or its query if it has no body
     */
    boolean isCurrent(RoomId room, Caller caller, @Nullable Object body) {
        return CfSyncRequests.hasRowIds(body) || pinging.containsKey(Key.of(room, caller));
    }

    @PostConstruct
    void chooseBroadcasts() {
        Map<CollectionName, String> scopes = new HashMap<>();
        for (CollectionModel model : application.collections()) {
            model.scope().ifPresent(field -> scopes.put(model.name(), field.name()));
        }
        if (!scopes.isEmpty()) {
            broadcasts = Optional.of(CfSyncFrames.rowScopedBroadcasts(scopes));
        }
    }

    /** The broadcasts for clients of version 0.25 or later, one constant object; empty if they are those for all clients. */
    Optional<Encoder<List<Frame>>> broadcasts() {
        return broadcasts;
    }
}
