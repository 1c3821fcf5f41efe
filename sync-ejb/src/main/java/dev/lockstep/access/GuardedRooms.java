package dev.lockstep.access;

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
     * Lets a follower into a room, and into the shared room if the application keeps collections there. The stage
     * completes once the follower is on its way in; it hears of the rest through {@link Follower#joined}.
     */
    public CompletionStage<Membership> follow(Subscription subscription) {
        List<RoomId> rooms = roomsOf(subscription.room());
        publisher.join(rooms, subscription.follower());
        return CompletableFuture.completedStage(new Membership(publisher, backlog, rooms, subscription.follower()));
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
    public static final class Membership {
        private final PublisherThread publisher;
        private final Backlog backlog;
        private final List<RoomId> rooms;
        private final Follower follower;

        private Membership(PublisherThread publisher, Backlog backlog, List<RoomId> rooms, Follower follower) {
            this.publisher = publisher;
            this.backlog = backlog;
            this.rooms = rooms;
            this.follower = follower;
        }

        /** What the rooms' commits were after a position, up to one that they were handed; the next page of it. */
        public <T> CompletionStage<Missed<T>> missed(Seq after, Seq upTo, Encoder<T> encoder) {
            return backlog.read(rooms, after, upTo, encoder);
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
