package dev.lockstep.wire.strata;

import dev.lockstep.access.MemberRooms.Entered;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SocketHook;
import dev.lockstep.wire.socket.Connection;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.Subscription;
import dev.lockstep.wire.strata.frame.StrataFrames;
import dev.lockstep.wire.strata.request.SubscribeRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** One socket of this dialect, and its subscription. Only the requests of its connection change it. */
final class StrataSession implements SocketHook.Peer {
    private final String id = UUID.randomUUID().toString();
    private final Connection connection;
    private final StrataFrames frames;
    private final Optional<Function<String, Frame>> messages;
    private volatile Optional<List<String>> wanted = Optional.empty();
    private volatile Set<String> groups = Set.of();
    private volatile boolean subscribed;
    private volatile boolean hooked;

    // A client that subscribed is told so once it has caught up, even if its rights change on the way.
    private boolean owesAnswer;
    private volatile Optional<Subscription> subscription = Optional.empty();

    /** @param messages makes the frame of an application's message to a room; empty if its client receives none */
    StrataSession(Connection connection, StrataFrames frames, Optional<Function<String, Frame>> messages) {
        this.connection = connection;
        this.frames = frames;
        this.messages = messages;
    }

    Connection connection() {
        return connection;
    }

    /** The groups that the client has requested; all groups of its user, if empty. */
    Optional<List<String>> wanted() {
        return wanted;
    }

    boolean isSubscribed() {
        return subscribed;
    }

    /** Subscribes to the groups that the client has requested, as far as the caller may read them. */
    void subscribe(SubscribeRequest asked, Entered entered) {
        wanted = asked.groups();
        subscribed = true;
        hooked = true;
        unsubscribe();
        owesAnswer = true;
        follow(entered, asked.cursor());
    }

    /** Continues with what the caller may read by now. */
    void resume(Entered entered) {
        follow(entered, subscription.map(Subscription::sent).orElse(Seq.START));
    }

    /** The same from a position that the client knows. */
    void resume(Entered entered, Seq from) {
        follow(entered, from);
    }

    /**
     * Tells the client that it has to load something. Delivery stops until it subscribes again, however long that takes:
     * frames in between would move its cursor past what it requests then.
     */
    void pause(Frame told) {
        unsubscribe();
        connection.send(told);
    }

    /** Whether there is something to check: a client whose cursor is lost was told so. */
    boolean isActive() {
        return subscription.filter(each -> !each.isPaused()).isPresent();
    }

    /** Whether its client knows these groups already: then it does not subscribe again when it is told of them. */
    boolean knows(List<String> all) {
        return wanted.filter(asked -> Set.copyOf(asked).equals(Set.copyOf(all))).isPresent();
    }

    private void unsubscribe() {
        subscription.ifPresent(each -> {
            connection.unsubscribe(each);
            owesAnswer = owesAnswer && !each.isCaughtUp();
        });
        subscription = Optional.empty();
    }

    private void follow(Entered entered, Seq from) {
        unsubscribe();
        groups = new LinkedHashSet<>(entered.groups());
        Optional<List<String>> answer = owesAnswer ? Optional.of(entered.groups()) : Optional.empty();
        subscription = Optional.of(connection.subscribe(
                entered.capability(), new StrataSubscription(frames.packets, from, answer, messages)));
    }

    /** Its token is not valid: nothing is sent until it subscribes again. */
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
        return connection.caller();
    }

    @Override
    public Set<String> groups() {
        return groups;
    }

    @Override
    public void send(String json) {
        connection.send(new Frame(json));
    }
}
