package dev.lockstep.access;

import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.CollectionRegistry;
import dev.lockstep.publish.PublisherThread;
import dev.lockstep.room.Follower;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Rooms for those who may follow them. */
@Guarded
@ApplicationScoped
public class GuardedRooms {
    @Inject
    private PublisherThread publisher;

    @Inject
    private CollectionRegistry collections;

    /**
     * Lets a follower into a room, and into the shared room if the application keeps collections there. The stage
     * completes once the follower is on its way in; it hears of the rest through {@link Follower#joined}.
     */
    public CompletionStage<Membership> follow(Subscription subscription) {
        List<RoomId> rooms = roomsOf(subscription.room());
        publisher.join(rooms, subscription.follower());
        return CompletableFuture.completedStage(() -> publisher.leave(rooms, subscription.follower()));
    }

    private List<RoomId> roomsOf(RoomId asked) {
        List<CollectionModel> models = collections.of(asked.application());
        Set<RoomId> rooms = new LinkedHashSet<>(); // the shared room may be the one that is asked for
        if (models.stream().anyMatch(CollectionModel::isSingleTenant)) {
            rooms.add(RoomId.shared(asked.application()));
        }
        if (!models.stream().allMatch(CollectionModel::isSingleTenant)) {
            rooms.add(asked);
        }
        return List.copyOf(rooms);
    }

    /** A follower's place in its rooms. */
    @FunctionalInterface
    public interface Membership {
        /** Ends it. More than once is the same as once. */
        void end();
    }
}
