package dev.lockstep.wire.channels.subscription;

import dev.lockstep.api.Seq;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.RoomSubscriber.Joined;
import dev.lockstep.wire.channels.frame.UnversionedChanges;
import dev.lockstep.wire.channels.frame.UnversionedFrames;
import dev.lockstep.wire.socket.Backlog;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.PlacedResponses;
import dev.lockstep.wire.socket.SubscriptionProtocol;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * A channel of a client 1.x: the snapshot, then all changes after its position.
 *
 * @param from the position of the snapshot
 * @param snapshot the frames of the snapshot, those in turn that leave together; may block
 * @param placed the answers to mutations of the channel
 * @param executor where the frames of the snapshot are made
 * @param onLost closes the connection: no frame makes the client read its channels again
 */
public record UnversionedSubscription(
        Channel channel,
        Seq from,
        Iterator<List<Frame>> snapshot,
        ShownStamps stamps,
        PlacedResponses placed,
        Executor executor,
        Runnable onLost)
        implements SubscriptionProtocol {
    @Override
    public Encoder<List<Frame>> encoder() {
        return new UnversionedChanges(channel.name(), channel.stampKey());
    }

    @Override
    public Optional<Seq> cursor() {
        return Optional.of(from);
    }

    @Override
    public Optional<Backlog> backlog(Backlog.Listener listener) {
        return SubscriptionProtocol.super
                .backlog(listener)
                .map(log -> new SnapshotBacklog(snapshot, log, executor, listener, this::addressed));
    }

    @Override
    public Optional<PlacedResponses> responses() {
        return Optional.of(placed);
    }

    @Override
    public Frame addressed(Frame shared) {
        return stamps.frame(channel, shared);
    }

    @Override
    public LostCursor lostCursor(Joined at) {
        onLost.run();
        return new LostCursor(UnversionedFrames.deletes(channel.name(), List.of()), false);
    }
}
