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

/** A protocol whose frames are short texts. Immutable; each method returns a copy with one difference. */
record ProtocolFixture(
        Encoder<List<Frame>> encoder,
        Optional<Seq> cursor,
        boolean isContinued,
        Optional<Function<Joined, Frame>> greeting,
        Optional<BiFunction<Joined, Seq, Frame>> caughtUp,
        Optional<Function<Seq, Frame>> progress,
        Optional<Function<String, Frame>> messages)
        implements SubscriptionProtocol {
    /** A protocol without a cursor: live frames only. */
    static ProtocolFixture live(Encoder<List<Frame>> encoder) {
        return new ProtocolFixture(
                encoder,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A protocol without a cursor, and with a greeting. */
    static ProtocolFixture greeting(Encoder<List<Frame>> encoder) {
        return live(encoder).withGreeting(at -> new Frame("hello " + at.position()));
    }

    /** A protocol with a cursor. It pauses when the cursor is lost. */
    static ProtocolFixture resuming(Encoder<List<Frame>> encoder, long cursor) {
        return new ProtocolFixture(
                encoder,
                Optional.of(new Seq(cursor)),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    ProtocolFixture withGreeting(Function<Joined, Frame> frame) {
        return new ProtocolFixture(encoder, cursor, isContinued, Optional.of(frame), caughtUp, progress, messages);
    }

    ProtocolFixture withCaughtUp(BiFunction<Joined, Seq, Frame> frame) {
        return new ProtocolFixture(encoder, cursor, isContinued, greeting, Optional.of(frame), progress, messages);
    }

    ProtocolFixture withProgress(Function<Seq, Frame> frame) {
        return new ProtocolFixture(encoder, cursor, isContinued, greeting, caughtUp, Optional.of(frame), messages);
    }

    ProtocolFixture withMessages(Function<String, Frame> frame) {
        return new ProtocolFixture(encoder, cursor, isContinued, greeting, caughtUp, progress, Optional.of(frame));
    }

    /** Continues when the cursor is lost. */
    ProtocolFixture continued() {
        return new ProtocolFixture(encoder, cursor, true, greeting, caughtUp, progress, messages);
    }

    @Override
    public LostCursor lostCursor(Joined at) {
        return new LostCursor(new Frame("lost at " + at.position()), isContinued);
    }

    @Override
    public Optional<List<Frame>> purge(Set<CollectionName> collections) {
        return cursor.map(resuming -> collections.stream()
                .map(name -> new Frame("purge " + name.value()))
                .toList());
    }
}
