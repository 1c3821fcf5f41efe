package dev.lockstep.wire.cfsync;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Seq;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.RoomSubscriber.Joined;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.SubscriptionProtocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The frames of one broadcast socket (contract, section 1.5): {@code init} and live broadcasts, or, for a client with a
 * cursor, {@code resumed}, the backlog, and live broadcasts.
 *
 * @param encoder makes broadcasts of commits, with or without scopes
 * @param isFiltered whether the socket has filters: then positions are sent without frames, too
 * @param hasPositions whether the client is told its position after the backlog and with each ping
 */
record CfSyncSubscription(
        Encoder<List<Frame>> encoder,
        Optional<Seq> cursor,
        Optional<Function<String, Frame>> messages,
        boolean isFiltered,
        boolean hasPositions)
        implements SubscriptionProtocol {
    /** Whether the socket asks for none of the extensions: all that published clients do by themselves. */
    boolean isOfPublishedClient() {
        return encoder.equals(CfSyncFrames.BROADCASTS) && cursor.isEmpty();
    }

    /** The same with other broadcasts. */
    CfSyncSubscription encodedBy(Encoder<List<Frame>> other) {
        return new CfSyncSubscription(other, cursor, messages, isFiltered, hasPositions);
    }

    @Override
    public Optional<Function<Joined, Frame>> greeting() {
        return Optional.of(cursor.isPresent() ? CfSyncFrames::resumed : CfSyncFrames::init);
    }

    @Override
    public Optional<BiFunction<Joined, Seq, Frame>> caughtUp() {
        return hasPositions ? Optional.of((at, taken) -> CfSyncFrames.position(at.position())) : Optional.empty();
    }

    @Override
    public Optional<Function<Seq, Frame>> progress() {
        if (hasPositions) {
            return Optional.of(CfSyncFrames::position);
        }
        return isFiltered ? Optional.of(CfSyncFrames::progress) : Optional.empty();
    }

    /** The client reads its lists again, and continues with live frames. */
    @Override
    public LostCursor lostCursor(Joined at) {
        return new LostCursor(CfSyncFrames.bootstrapNeeded(at), true);
    }

    /** Only clients with a cursor know the frame. */
    @Override
    public Optional<List<Frame>> purge(Set<CollectionName> collections) {
        return cursor.map(
                resuming -> collections.stream().map(CfSyncFrames::purged).toList());
    }
}
