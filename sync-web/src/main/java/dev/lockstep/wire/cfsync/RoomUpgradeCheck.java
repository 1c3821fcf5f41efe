package dev.lockstep.wire.cfsync;

import dev.lockstep.access.GuardedRooms;
import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.http.PathNames;
import dev.lockstep.wire.identity.UpgradeCheck;
import dev.lockstep.wire.identity.UpgradeDecision;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Refusal of the broadcast socket's handshake if the access chain refuses the room permanently. The chain runs again when the
 * socket is open; a refusal then closes the socket.
 */
@ApplicationScoped
class RoomUpgradeCheck implements UpgradeCheck {
    private static final int NAMES = 4; // the empty one before the first slash, parties, party and room

    @Inject
    private GuardedRooms rooms;

    @Inject
    private ServedApplication application;

    @Override
    public Optional<Refusal> refuses(String path, Caller caller, Credentials credentials) {
        if (!path.startsWith("/parties/")) {
            return Optional.empty();
        }
        try {
            List<String> names = PathNames.of(URI.create(path));
            return names.size() == NAMES ? refuses(application.room(names.getLast()), caller) : Optional.empty();
        } catch (SyncException | IllegalArgumentException unreadable) {
            return Optional.empty(); // the socket closes with the reason
        }
    }

    private Optional<Refusal> refuses(RoomId room, Caller caller) {
        RoomAccessRequest request = RoomAccessRequest.beforeSubscribing(
                caller,
                room,
                application.collections().stream().map(CollectionModel::name).collect(Collectors.toSet()));
        return UpgradeDecision.refusal(rooms.rights(request));
    }
}
