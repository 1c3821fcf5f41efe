package dev.lockstep.wire.strata;

import dev.lockstep.access.MemberRooms.Entered;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Seq;
import dev.lockstep.api.hook.SocketHook;
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

/** State of one socket of this dialect, with its subscription. Only the requests of its connection change it. */
final class StrataSession implements SocketHook.Peer {
    private final String id = UUID.randomUUID().toString();
    private final Connection connection;
    private final StrataFrames frames;
    private final Optional<Function<String, Frame>> messages;
    private volatile Optional<List<String>> wanted = Optional.empty();
    private volatile Set<String> groups = Set.of();
    private volatile boolean subscribed;
    private volatile boolean hooked;

    // A subscribed client receives the answer when it has caught up, also if its rights change meanwhile.
    private boolean isAnswerDue;
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
    void subscribe(SubscribeRequest request, Entered entered) {
        wanted = request.groups();
        subscribed = true;
        hooked = true;
        unsubscribe();
        isAnswerDue = true;
        follow(entered, request.cursor());
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
     * Sends a frame that makes the client load data. Delivery stops until the client subscribes again, without a time limit:
     * frames in between would advance its cursor beyond the data that it requests.
     */
    void pause(Frame frame) {
        unsubscribe();
        connection.send(frame);
    }

    /** Whether the subscription must be evaluated: not if its cursor is lost, which the client knows. */
    boolean isActive() {
        return subscription.filter(each -> !each.isPaused()).isPresent();
    }

    /** Whether the client requested exactly these groups. Then it does not subscribe again when it receives them. */
    boolean knows(List<String> all) {
        return wanted.filter(asked -> Set.copyOf(asked).equals(Set.copyOf(all))).isPresent();
    }

    private void unsubscribe() {
        subscription.ifPresent(each -> {
            connection.unsubscribe(each);
            isAnswerDue = isAnswerDue && !each.isCaughtUp();
        });
        subscription = Optional.empty();
    }

    private void follow(Entered entered, Seq from) {
        unsubscribe();
        groups = new LinkedHashSet<>(entered.groups());
        Optional<List<String>> answer = isAnswerDue ? Optional.of(entered.groups()) : Optional.empty();
        subscription = Optional.of(connection.subscribe(
                entered.capability(), new StrataSubscription(frames.packets, from, answer, messages)));
    }

    /** Stops delivery until the client subscribes again, because its token is invalid. */
    void isIdle() {
        subscribed = false;
        groups = Set.of();
        unsubscribe();
        isAnswerDue = false;
    }

    /** Whether socket hooks were notified of the subscription. */
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
