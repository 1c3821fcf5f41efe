package dev.lockstep.wire.socket;

import dev.lockstep.access.GuardedRooms;
import dev.lockstep.access.ReadCapability;
import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.wire.application.ServedApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Subscriptions to single rooms, under the rights that the access chain grants. Thread-safe. */
@ApplicationScoped
public class RoomSubscriptions {
    @Inject
    private GuardedRooms rooms;

    @Inject
    private ServedApplication application;

    /**
     * Asks the access chain, and subscribes a connection to all collections of a room. Called by a request of the
     * connection.
     *
     * @return fails with a {@code SyncException} if the chain refuses
     */
    public CompletionStage<Subscription> subscribe(Connection connection, RoomId room, SubscriptionProtocol protocol) {
        return subscribe(connection, room, protocol, Map::of);
    }

    /**
     * Subscribes as {@link #subscribe}, to the rows that pass the client's filters.
     *
     * @param filters the filters by collection; called when the chain has granted access, it may refuse by a
     *     {@code SyncException}
     */
    public CompletionStage<Subscription> subscribe(
            Connection connection,
            RoomId room,
            SubscriptionProtocol protocol,
            Supplier<Map<CollectionName, Predicate<Row>>> filters) {
        return rights(connection, room)
                .thenApply(granted -> connection.subscribe(
                        granted.forReturning(connection.caller()).selecting(filters.get()), protocol));
    }

    /**
     * Asks the access chain again for a subscription to a room. A permanent refusal closes the connection as its policy
     * says.
     */
    public CompletionStage<?> recheck(Connection connection, RoomId room, Optional<Subscription> subscription) {
        ConnectionPolicy policy = connection.session().policy();
        if (subscription.isEmpty()) { // refused when it began
            connection.session().close(policy.forbidden());
            return CompletableFuture.completedStage(null);
        }
        if (subscription.get().isPaused()) {
            return CompletableFuture.completedStage(null);
        }
        return rights(connection, room).handle((granted, failure) -> {
            if (failure == null) {
                connection.updateRights(subscription.get(), granted);
            } else if (RightsCheckFailures.isPermanent(failure)) {
                connection.session().close(policy.forbidden());
            } else {
                RightsCheckFailures.log(failure);
                connection.close(ConnectionPolicy.CLOSED_FAULT, RightsCheckFailures.RECONNECT);
            }
            return null;
        });
    }

    private CompletionStage<ReadCapability> rights(Connection connection, RoomId room) {
        return rooms.rights(RoomAccessRequest.toSubscribe(
                connection.caller(),
                room,
                application.collections().stream().map(CollectionModel::name).collect(Collectors.toSet())));
    }
}
