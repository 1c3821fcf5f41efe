package dev.lockstep.access;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Guarded;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.CollectionRegistry;
import dev.lockstep.publish.Backlog;
import dev.lockstep.publish.PublisherThread;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Follower;
import dev.lockstep.room.Missed;
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
    private Backlog backlog;

    @Inject
    private CollectionRegistry collections;

    /**
     * Lets a follower into a room, and into the shared room if collections of the subscription lie there. It hears
     * of these collections only. The stage
     * completes once the follower is on its way in; it hears of the rest through {@link Follower#joined}.
     */
    public CompletionStage<Membership> follow(Subscription subscription) {
        List<CollectionModel> all = collections.of(subscription.room().application());
        List<CollectionModel> open = all.stream()
                .filter(model -> subscription.collections().contains(model.name()))
                .toList();
        List<RoomId> rooms = roomsOf(subscription.room(), open);
        Follower follower = open.size() == all.size()
                ? subscription.follower()
                : new PartialFollower(subscription.follower(), subscription.collections());
        publisher.join(rooms, follower);
        return CompletableFuture.completedStage(
                new Membership(publisher, backlog, rooms, subscription.collections(), follower));
    }

    private static List<RoomId> roomsOf(RoomId asked, List<CollectionModel> models) {
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
    public static final class Membership {
        private final PublisherThread publisher;
        private final Backlog backlog;
        private final List<RoomId> rooms;
        private final Set<CollectionName> collections;
        private final Follower follower;

        private Membership(
                PublisherThread publisher,
                Backlog backlog,
                List<RoomId> rooms,
                Set<CollectionName> collections,
                Follower follower) {
            this.publisher = publisher;
            this.backlog = backlog;
            this.rooms = rooms;
            this.collections = collections;
            this.follower = follower;
        }

        /** What the rooms' commits were after a position, up to one that they were handed; the next page of it. */
        public <T> CompletionStage<Missed<T>> missed(Seq after, Seq upTo, Encoder<T> encoder) {
            return backlog.read(rooms, collections, after, upTo, encoder);
        }

        /** Begins anew at the rooms' end, having fallen behind: {@link Follower#joined} is called again. */
        public void rejoin() {
            publisher.rejoin(rooms, follower);
        }

        /** Ends it. More than once is the same as once. */
        public void end() {
            publisher.leave(rooms, follower);
        }
    }
}
