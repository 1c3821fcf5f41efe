package dev.lockstep.wire.socket;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Seq;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.RoomSubscriber.Joined;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a socket is to be sent.
 *
 * @param encoder makes the frames of a commit
 * @param greetings what is said once: at most one frame at each time
 * @param resuming where the client left off; empty for one that begins anew each time
 * @param progress makes the frame that tells that there is nothing more to see up to a position: with each ping, if that is
 *     news; empty if nothing tells it
 * @param messages makes the frame of an application's message to the room; empty if the client receives none
 */
public record SubscriptionSpec(
        Encoder<List<Frame>> encoder,
        List<Greeting> greetings,
        Optional<Resuming> resuming,
        Optional<Function<Seq, Frame>> progress,
        Optional<Function<String, Frame>> messages) {
    public SubscriptionSpec {
        greetings = List.copyOf(greetings);
    }

    /** Of what cannot be seen nothing is told. */
    public SubscriptionSpec(Encoder<List<Frame>> encoder, List<Greeting> greetings, Optional<Resuming> resuming) {
        this(encoder, greetings, resuming, Optional.empty(), Optional.empty());
    }

    /** The client receives no messages of the application. */
    public SubscriptionSpec(
            Encoder<List<Frame>> encoder,
            List<Greeting> greetings,
            Optional<Resuming> resuming,
            Optional<Function<Seq, Frame>> progress) {
        this(encoder, greetings, resuming, progress, Optional.empty());
    }

    /** Begins anew each time, with this as the first frame. */
    public SubscriptionSpec(Encoder<List<Frame>> encoder, Function<Joined, Frame> hello) {
        this(encoder, List.of(Greeting.first(hello)), Optional.empty());
    }

    /** The same for a client that receives messages of the application; one encoder for all of a dialect. */
    public SubscriptionSpec withMessages(Function<String, Frame> frame) {
        return new SubscriptionSpec(encoder, greetings, resuming, progress, Optional.of(frame));
    }

    /**
     * A frame that is sent once.
     *
     * @param when before what, and after what
     * @param frame makes it, of where the socket joined and the last position that the client has been sent
     */
    public record Greeting(When when, BiFunction<Joined, Seq, Frame> frame) {
        /** The first frame of all. */
        public static Greeting first(Function<Joined, Frame> frame) {
            return new Greeting(When.FIRST, (at, sent) -> frame.apply(at));
        }
    }

    /** When a greeting goes. */
    public enum When {
        /** Before all else. */
        FIRST,
        /** After what was missed, before what is new. */
        CAUGHT_UP
    }

    /**
     * A client that has seen something already.
     *
     * @param cursor everything up to it
     * @param lost makes the frame that tells that the log cannot tell what came after it
     * @param whenLost what follows that frame
     * @param purged makes the frame that tells to drop what is known of a collection, and to read it anew
     */
    public record Resuming(
            Seq cursor, Function<Joined, Frame> lost, WhenLost whenLost, Function<CollectionName, Frame> purged) {}

    /** The fate of a client whose cursor the log does not know: it was pruned, lies beyond the head, or is of a lost epoch. */
    public enum WhenLost {
        /** It reads anew what it has, and goes on with what is new. */
        CONTINUE_LIVE,
        /** It hears nothing until it asks again. */
        AWAIT_RESUBSCRIBE
    }
}
