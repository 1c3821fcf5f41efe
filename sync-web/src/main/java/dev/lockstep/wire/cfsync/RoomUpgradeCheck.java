package dev.lockstep.wire.cfsync;

import dev.lockstep.access.GuardedRooms;
import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.http.PathNames;
import dev.lockstep.wire.identity.UpgradeCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Refuses the handshake of the broadcast socket where the access chain refuses the room for good. The chain is asked again
 * when the socket is open: what it cannot say now, and what changes meanwhile, is told by the close of the socket.
 */
@ApplicationScoped
class RoomUpgradeCheck implements UpgradeCheck {
    /** How long the handshake waits for the chain. After it the socket is opened, and closed if the chain refuses then. */
    static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    private static final int NAMES = 4; // nothing, parties, party and room

    @Inject
    private GuardedRooms rooms;

    @Inject
    private ServedApplication application;

    @Override
    public Optional<Refusal> refuses(String path, Caller caller) {
        if (!path.startsWith("/parties/")) {
            return Optional.empty();
        }
        try {
            List<String> names = PathNames.of(URI.create(path));
            return names.size() == NAMES ? refuses(application.room(names.getLast()), caller) : Optional.empty();
        } catch (SyncException | IllegalArgumentException unreadable) {
            return Optional.empty(); // the socket says so
        }
    }

    private Optional<Refusal> refuses(RoomId room, Caller caller) {
        RoomAccessRequest request = RoomAccessRequest.beforeSubscribing(
                caller,
                room,
                application.collections().stream().map(CollectionModel::name).collect(Collectors.toSet()));
        try {
            rooms.rights(request).toCompletableFuture().get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (TimeoutException later) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            return failed.getCause() instanceof SyncException refused
                            && !refused.refusal().code().retryable()
                    ? Optional.of(refused.refusal())
                    : Optional.empty();
        }
    }
}
