package dev.lockstep.wire.channels.subscription;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Seq;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.RoomSubscriber.Joined;
import dev.lockstep.wire.channels.frame.VersionedChanges;
import dev.lockstep.wire.channels.frame.VersionedFrames;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.SubscriptionProtocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A channel of a client since 2.0: all changes after the position of its last snapshot.
 *
 * @param from the position
 */
public record VersionedSubscription(String channel, Seq from) implements SubscriptionProtocol {
    @Override
    public Encoder<List<Frame>> encoder() {
        return new VersionedChanges(channel);
    }

    @Override
    public Optional<Seq> cursor() {
        return Optional.of(from);
    }

    /** The client subscribes again. */
    @Override
    public LostCursor lostCursor(Joined at) {
        return new LostCursor(VersionedFrames.reset(channel), false);
    }

    /** The client drops its rows and subscribes again. */
    @Override
    public Optional<List<Frame>> purge(Set<CollectionName> collections) {
        return Optional.of(List.of(VersionedFrames.reset(channel)));
    }
}
