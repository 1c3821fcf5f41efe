package dev.lockstep.wire.strata;

import dev.lockstep.access.MemberRooms.Entered;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SocketHook;
import dev.lockstep.wire.socket.Connection;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.SubscriptionSpec;
import dev.lockstep.wire.socket.SubscriptionSpec.Greeting;
import dev.lockstep.wire.socket.SubscriptionSpec.Resuming;
import dev.lockstep.wire.socket.SubscriptionSpec.WhenLost;
import dev.lockstep.wire.strata.frame.StrataFrames;
import dev.lockstep.wire.strata.request.SubscribeRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** What a socket of this dialect follows. Changed by the steps of its inbox only. */
final class StrataSession implements SocketHook.Peer {
    private final String id = UUID.randomUUID().toString();
    private final Connection socket;
    private final StrataFrames frames;
    private final Optional<Function<String, Frame>> messages;
    private volatile Optional<List<String>> wanted = Optional.empty();
    private volatile Set<String> groups = Set.of();
    private volatile boolean subscribed;
    private volatile boolean hooked;

    // A client that subscribed is told so once it has caught up, even if its rights change on the way.
    private boolean owesAnswer;

    /** @param messages makes the frame of an application's message to a room; empty if its client receives none */
    StrataSession(Connection socket, StrataFrames frames, Optional<Function<String, Frame>> messages) {
        this.socket = socket;
        this.frames = frames;
        this.messages = messages;
    }

    Connection socket() {
        return socket;
    }

    /** The groups that its client has asked for; all of its user's, if empty. */
    Optional<List<String>> wanted() {
        return wanted;
    }

    boolean isSubscribed() {
        return subscribed;
    }

    /** Its client has asked for these groups, and gets what it may have of them. */
    void subscribe(SubscribeRequest asked, Entered entered) {
        wanted = asked.groups();
        subscribed = true;
        hooked = true;
        unsubscribe();
        owesAnswer = true;
        follows(entered, asked.cursor());
    }

    /** It gets what it may have by now. */
    void resume(Entered entered) {
        follows(entered, socket.sent().orElse(Seq.START));
    }

    /** The same from a place on that its client knows of. */
    void resume(Entered entered, Seq from) {
        follows(entered, from);
    }

    /**
     * Its client is told that it has to load something, and nothing more until it subscribes again, however long that takes:
     * what it got in between would move its cursor past what it asks for then.
     */
    void pause(Frame told) {
        unsubscribe();
        socket.send(told);
    }

    /** Whether its client knows these groups already: then it does not subscribe again when it is told of them. */
    boolean knows(List<String> all) {
        return wanted.filter(asked -> Set.copyOf(asked).equals(Set.copyOf(all))).isPresent();
    }

    private void unsubscribe() {
        owesAnswer = owesAnswer && !socket.isCaughtUp();
        socket.unsubscribe();
    }

    private void follows(Entered entered, Seq from) {
        unsubscribe();
        groups = new LinkedHashSet<>(entered.groups());
        List<Greeting> greetings = new ArrayList<>(1);
        if (owesAnswer) {
            List<String> named = entered.groups();
            greetings.add(
                    new Greeting(SubscriptionSpec.When.CAUGHT_UP, (at, sent) -> StrataFrames.subscribed(sent, named)));
        }
        Resuming resuming = new Resuming(
                from,
                at -> StrataFrames.BOOTSTRAP_REQUIRED,
                WhenLost.AWAIT_RESUBSCRIBE,
                collection -> StrataFrames.NOTHING);
        socket.subscribe(
                entered.capability(),
                new SubscriptionSpec(
                        frames.packets,
                        greetings,
                        Optional.of(resuming),
                        Optional.of(StrataFrames::progress),
                        messages));
    }

    /** Its token is no good: it follows nothing until it subscribes again. */
    void isIdle() {
        subscribed = false;
        groups = Set.of();
        unsubscribe();
        owesAnswer = false;
    }

    /** Whether hooks know of it. */
    boolean isHooked() {
        return hooked;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Caller caller() {
        return socket.caller();
    }

    @Override
    public Set<String> groups() {
        return groups;
    }

    @Override
    public void send(String json) {
        socket.send(new Frame(json));
    }
}
