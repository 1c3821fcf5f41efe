package dev.lockstep.access;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.publish.PublisherThread;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Follower;
import dev.lockstep.room.Missed;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A follower's place in its rooms. Thread-safe. */
public final class Membership {
    private final PublisherThread publisher;
    private final List<RoomId> rooms;
    private final SightedFollower follower;
    private final Rights capability;

    Membership(PublisherThread publisher, List<RoomId> rooms, SightedFollower follower, Rights capability) {
        this.publisher = publisher;
        this.rooms = rooms;
        this.follower = follower;
        this.capability = capability;
    }

    /** What became of a membership whose rights were judged again. */
    public sealed interface Judged {
        /** It goes on; what its client knows of these collections may be wrong. */
        record GoesOn(Set<CollectionName> other) implements Judged {}

        /** It would take another room than those that it is in: the follower has to come anew. */
        record ComesAnew() implements Judged {}
    }

    /** What the rooms' commits were after a position, up to one that they were handed; the next page of it. */
    public <T> CompletionStage<Missed<T>> missed(Seq after, Seq upTo, Encoder<T> encoder) {
        return capability.missed(follower.sight(), after, upTo, encoder);
    }

    /** From now on it sees what these rights let it, also of what was committed before. */
    public Judged updateRights(Rights other) {
        if (!rooms.containsAll(other.rooms())) {
            return new Judged.ComesAnew();
        }
        Set<CollectionName> differences = follower.sight().collectionsThatDiffer(other.sight());
        follower.setVisibility(other.sight());
        return new Judged.GoesOn(differences);
    }

    /** Begins anew at the rooms' end, having fallen behind: {@link Follower#onJoined} is called again. */
    public void rejoin() {
        publisher.rejoin(rooms, follower);
    }

    /** Ends it. More than once is the same as once. */
    public void close() {
        publisher.leave(rooms, follower);
    }
}
