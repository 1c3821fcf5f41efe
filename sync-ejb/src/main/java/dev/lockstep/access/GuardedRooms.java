package dev.lockstep.access;

import dev.lockstep.access.policy.ReadFilters;
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
import dev.lockstep.room.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

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

    @Inject
    private ReadFilters filters;

    /**
     * Lets a follower into a room, and into the shared room if collections of the subscription lie there. It hears
     * of these collections only. The stage
     * completes once the follower is on its way in; it hears of the rest through {@link Follower#joined}.
     */
    public CompletionStage<Membership> follow(Subscription subscription) {
        List<RoomId> rooms = roomsOf(subscription);
        SightedFollower follower = new SightedFollower(subscription.follower(), sightOf(subscription));
        publisher.join(rooms, follower);
        return CompletableFuture.completedStage(new Membership(publisher, backlog, rooms, follower));
    }

    /** What somebody may see by now who follows already, and the rooms that it takes; nobody is let in. */
    public CompletionStage<Rights> rights(Subscription subscription) {
        return CompletableFuture.completedStage(new Rights(roomsOf(subscription), sightOf(subscription)));
    }

    private Sight sightOf(Subscription subscription) {
        Set<CollectionName> all = collections.of(subscription.room().application()).stream()
                .map(CollectionModel::name)
                .collect(Collectors.toSet());
        Set<CollectionName> open = subscription.collections();
        return Sight.of(all, open, filters.of(subscription, open));
    }

    private List<RoomId> roomsOf(Subscription subscription) {
        return roomsOf(
                subscription.room(),
                collections.of(subscription.room().application()).stream()
                        .filter(model -> subscription.collections().contains(model.name()))
                        .toList());
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

    /** What a follower may see, as it was judged. */
    public static final class Rights {
        private final List<RoomId> rooms;
        private final Sight sight;

        private Rights(List<RoomId> rooms, Sight sight) {
            this.rooms = rooms;
            this.sight = sight;
        }
    }

    /** What became of a membership whose rights were judged again. */
    public sealed interface Judged {
        /** It goes on; what its client knows of these collections may be wrong. */
        record GoesOn(Set<CollectionName> other) implements Judged {}

        /** It would take another room than those that it is in: the follower has to come anew. */
        record ComesAnew() implements Judged {}
    }

    /** A follower's place in its rooms. */
    public static final class Membership {
        private final PublisherThread publisher;
        private final Backlog backlog;
        private final List<RoomId> rooms;
        private final SightedFollower follower;

        private Membership(PublisherThread publisher, Backlog backlog, List<RoomId> rooms, SightedFollower follower) {
            this.publisher = publisher;
            this.backlog = backlog;
            this.rooms = rooms;
            this.follower = follower;
        }

        /** What the rooms' commits were after a position, up to one that they were handed; the next page of it. */
        public <T> CompletionStage<Missed<T>> missed(Seq after, Seq upTo, Encoder<T> encoder) {
            return backlog.read(rooms, follower.sight(), after, upTo, encoder);
        }

        /** From now on it sees what these rights let it, also of what was committed before. */
        public Judged changeTo(Rights rights) {
            if (!rooms.containsAll(rights.rooms)) {
                return new Judged.ComesAnew();
            }
            Set<CollectionName> other = follower.sight().differences(rights.sight);
            follower.sees(rights.sight);
            return new Judged.GoesOn(other);
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
