package dev.lockstep.access;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.RoomSubscriber;
import dev.lockstep.room.Visibility;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The subscription of a {@link RoomSubscriber} to its rooms. Thread-safe. */
public final class RoomSubscription {
    private final PublisherThread publisher;
    private final List<RoomId> rooms;
    private final FilteredSubscriber subscriber;
    private final ReadCapability capability;

    RoomSubscription(
            PublisherThread publisher, List<RoomId> rooms, FilteredSubscriber subscriber, ReadCapability capability) {
        this.publisher = publisher;
        this.rooms = rooms;
        this.subscriber = subscriber;
        this.capability = capability;
    }

    /** The effect of rights that were checked again. */
    public sealed interface RightsUpdate {
        /** The subscription continues; its client's copy of these collections may be wrong. */
        record Continued(Set<CollectionName> other) implements RightsUpdate {}

        /** The rights cover a room outside the subscription: the subscriber must subscribe again. */
        record Resubscribed() implements RightsUpdate {}
    }

    /** The next page of the rooms' commits after one position and up to another, which the rooms have received. */
    public <T> CompletionStage<BacklogRead<T>> missed(Seq after, Seq upTo, Encoder<T> encoder) {
        return capability.missed(subscriber.visibility(), after, upTo, encoder);
    }

    /** Applies new rights to everything that is read from now on, also to earlier commits; the client's filters stay. */
    public RightsUpdate updateRights(ReadCapability other) {
        if (!rooms.containsAll(other.rooms())) {
            return new RightsUpdate.Resubscribed();
        }
        Visibility now = other.selecting(capability.selections()).visibility();
        Set<CollectionName> differences = subscriber.visibility().collectionsThatDiffer(now);
        subscriber.setVisibility(now);
        return new RightsUpdate.Continued(differences);
    }

    /** Continues at the rooms' heads after falling behind: {@link RoomSubscriber#onJoined} is called again. */
    public void rejoin() {
        publisher.rejoin(rooms, subscriber);
    }

    /** Ends the subscription. Idempotent. */
    public void close() {
        publisher.leave(rooms, subscriber);
    }
}
