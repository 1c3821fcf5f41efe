package dev.lockstep.access;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.RoomSubscriber;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A follower's place in its rooms. Thread-safe. */
public final class RoomSubscription {
    private final PublisherThread publisher;
    private final List<RoomId> rooms;
    private final FilteredSubscriber follower;
    private final ReadCapability capability;

    RoomSubscription(
            PublisherThread publisher, List<RoomId> rooms, FilteredSubscriber follower, ReadCapability capability) {
        this.publisher = publisher;
        this.rooms = rooms;
        this.follower = follower;
        this.capability = capability;
    }

    /** What became of a membership whose rights were judged again. */
    public sealed interface RightsUpdate {
        /** It goes on; what its client knows of these collections may be wrong. */
        record Continued(Set<CollectionName> other) implements RightsUpdate {}

        /** It would take another room than those that it is in: the follower has to come anew. */
        record Resubscribed() implements RightsUpdate {}
    }

    /** What the rooms' commits were after a position, up to one that they were handed; the next page of it. */
    public <T> CompletionStage<BacklogRead<T>> missed(Seq after, Seq upTo, Encoder<T> encoder) {
        return capability.missed(follower.visibility(), after, upTo, encoder);
    }

    /** From now on it sees what these rights let it, also of what was committed before. */
    public RightsUpdate updateRights(ReadCapability other) {
        if (!rooms.containsAll(other.rooms())) {
            return new RightsUpdate.Resubscribed();
        }
        Set<CollectionName> differences = follower.visibility().collectionsThatDiffer(other.visibility());
        follower.setVisibility(other.visibility());
        return new RightsUpdate.Continued(differences);
    }

    /** Begins anew at the rooms' end, having fallen behind: {@link RoomSubscriber#onJoined} is called again. */
    public void rejoin() {
        publisher.rejoin(rooms, follower);
    }

    /** Ends it. More than once is the same as once. */
    public void close() {
        publisher.leave(rooms, follower);
    }
}
