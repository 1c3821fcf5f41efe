package dev.lockstep.wire.strata;

import dev.lockstep.api.Seq;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.RoomSubscriber.Joined;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.SubscriptionProtocol;
import dev.lockstep.wire.strata.frame.StrataFrames;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The packets of one socket (contract, section 1.5): those after a position, {@code subscribed} once the client has caught
 * up, and those that are new.
 *
 * @param from the position up to which the client has seen everything
 * @param subscribed the groups that {@code subscribed} names; empty if the client has already received it
 */
record StrataSubscription(
        Encoder<List<Frame>> encoder,
        Seq from,
        Optional<List<String>> subscribed,
        Optional<Function<String, Frame>> messages)
        implements SubscriptionProtocol {
    @Override
    public Optional<Seq> cursor() {
        return Optional.of(from);
    }

    @Override
    public Optional<BiFunction<Joined, Seq, Frame>> caughtUp() {
        return subscribed.map(groups -> (at, sent) -> StrataFrames.subscribed(sent, groups));
    }

    @Override
    public Optional<Function<Seq, Frame>> progress() {
        return Optional.of(StrataFrames::progress);
    }

    /** The client bootstraps, and subscribes again. */
    @Override
    public LostCursor lostCursor(Joined at) {
        return new LostCursor(StrataFrames.BOOTSTRAP_REQUIRED, false);
    }
}
