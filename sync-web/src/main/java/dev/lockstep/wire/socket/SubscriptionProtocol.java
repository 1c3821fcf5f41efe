package dev.lockstep.wire.socket;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Seq;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.RoomSubscriber.Joined;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The frames that a dialect's contract gives one subscription, and what the contract says where the log cannot continue
 * it. Immutable. The thread that sends calls it; it must not block.
 */
public interface SubscriptionProtocol {
    /** Makes the frames of a commit. One constant object: subscriptions with the same encoder share a commit's bytes. */
    Encoder<List<Frame>> encoder();

    /**
     * The position up to which the client has seen everything. The backlog after it is sent first. A subscription without
     * one begins with the present.
     */
    default Optional<Seq> cursor() {
        return Optional.empty();
    }

    /**
     * The backlog of a new subscription; empty if it begins with the present. The default reads the log after the
     * {@link #cursor}, if there is one.
     */
    default Optional<Backlog> backlog(Backlog.Listener listener) {
        return cursor().map(cursor -> new LogBacklog(this, cursor, listener));
    }

    /**
     * The live frame of this subscription, made of a frame that all subscriptions with the same encoder share. Most dialects
     * send the shared frame.
     */
    default Frame addressed(Frame shared) {
        return shared;
    }

    /**
     * The responses that have a place among the commits. Then each commit must be one frame with its position. Called once.
     */
    default Optional<PlacedResponses> responses() {
        return Optional.empty();
    }

    /** The first frame of all, made of the place at which the subscription joined. */
    default Optional<Function<Joined, Frame>> greeting() {
        return Optional.empty();
    }

    /** A frame between the backlog and what is new, made also of the last position that the client was sent. */
    default Optional<BiFunction<Joined, Seq, Frame>> caughtUp() {
        return Optional.empty();
    }

    /**
     * A frame that tells how far the client has come although it sees none of the commits. It goes with the next ping, of
     * the server or of the client, if that is news.
     */
    default Optional<Function<Seq, Frame>> progress() {
        return Optional.empty();
    }

    /** Makes the frame of an application's message to the room, one constant object; empty if the client receives none. */
    default Optional<Function<String, Frame>> messages() {
        return Optional.empty();
    }

    /**
     * The frame for a client whose cursor the log does not know: it was pruned, lies beyond the head, or is of another epoch.
     * Called only where there is a {@link #cursor}.
     */
    default LostCursor lostCursor(Joined at) {
        throw new IllegalStateException("a protocol with a cursor says what follows when it is lost");
    }

    /**
     * The frames by which the client drops what it knows of collections, and reads them anew, because its rights have
     * changed. Empty: there are none, and the connection is closed.
     */
    default Optional<List<Frame>> purge(Set<CollectionName> collections) {
        return Optional.empty();
    }

    /**
     * The end of a cursor that the log does not know.
     *
     * @param frame tells the client
     * @param isContinued whether what is new follows, because the client reads by itself what it has missed; else the
     *     subscription pauses until the client subscribes again
     */
    record LostCursor(Frame frame, boolean isContinued) {}
}
