package dev.lockstep.wire.socket;

import dev.lockstep.access.ReadCapability;
import dev.lockstep.access.RoomSubscription;
import dev.lockstep.access.RoomSubscription.RightsUpdate;
import dev.lockstep.api.Caller;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.wire.identity.AuthenticatedIdentity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/** A socket, whose it is, what it asks for, and its place in its rooms once it has one. Thread-safe. */
public final class Connection {
    private final SocketSession session;
    private final SerialExecutor serialExecutor;
    private final Caller anonymous;
    private final Function<List<RoomId>, Executor> filters;
    private final AtomicBoolean judgingWaits = new AtomicBoolean();
    private volatile Optional<AuthenticatedIdentity> identity = Optional.empty();
    private volatile Optional<RoomSubscription> roomSubscription =
            Optional.empty(); // written by the inbox's steps only
    private volatile Runnable gone = () -> {};
    private volatile RightsCheck rightsCheck = (socket, at) -> {
        throw new IllegalStateException("nobody judges what this socket may see");
    };

    /** Judges again what a socket may see that follows rooms, as a step of its inbox. */
    @FunctionalInterface
    interface RightsCheck {
        /** @param at the place of the log at which it changed; empty if that is not known yet */
        CompletionStage<?> check(Connection socket, Optional<Seq> at);
    }

    /**
     * A socket.
     *
     * @param anonymous who it is for until it is somebody's
     * @param filters where read filters of these rooms are asked
     */
    Connection(
            SocketSession session,
            SerialExecutor serialExecutor,
            Caller anonymous,
            Function<List<RoomId>, Executor> filters) {
        this.session = session;
        this.serialExecutor = serialExecutor;
        this.anonymous = anonymous;
        this.filters = filters;
        session.setRightsCheck(this::recheckRights);
    }

    SocketSession session() {
        return session;
    }

    /** It is this caller's from now on; nobody's before. */
    void isOf(AuthenticatedIdentity caller) {
        identity = Optional.of(caller);
    }

    /** Whose it is; empty if its caller is anonymous. */
    Optional<AuthenticatedIdentity> identity() {
        return identity;
    }

    /** Whose it is by now. */
    public Caller caller() {
        return identity.map(each -> each.known().caller()).orElse(anonymous);
    }

    /** Does what the socket asks for, in its turn. If too much waits already, the socket is closed instead. */
    public void enqueue(Supplier<CompletionStage<?>> step) {
        enqueue(0, step);
    }

    /** The same for what holds so many characters of a message until its turn has come. */
    public void enqueue(int characters, Supplier<CompletionStage<?>> step) {
        if (!serialExecutor.add(characters, step)) {
            session.closeForFlooding();
        }
    }

    /** Sends a frame between two commits. A client that asks and does not read is closed. */
    public void send(Frame frame) {
        session.send(frame);
    }

    /** Sends a last frame, and closes the socket when it has left. */
    public void closeAfter(Frame frame, int code, String reason) {
        session.closeAfter(frame, code, reason);
    }

    /** Closes the socket, once. */
    public void close(int code, String reason) {
        session.close(code, reason);
    }

    /** Follows these rooms from now on, in place of those before. A step of the inbox. */
    public void subscribe(ReadCapability capability, SubscriptionSpec spec) {
        unsubscribe();
        Subscription subscription = session.subscribe(spec, filters.apply(capability.rooms()));
        RoomSubscription granted = capability.subscribe(subscription);
        roomSubscription = Optional.of(granted);
        subscription.startBacklog(BacklogReplay.Source.of(granted));
    }

    /** Follows no rooms any more. A step of the inbox. */
    public void unsubscribe() {
        session.unsubscribe();
        roomSubscription.ifPresent(RoomSubscription::close);
        roomSubscription = Optional.empty();
    }

    /** The last position that the client was sent of the rooms that it follows; empty if it follows none. */
    public Optional<Seq> sent() {
        return session.sent();
    }

    /** Whether the client was told that it has caught up with the rooms that it follows. */
    public boolean isCaughtUp() {
        return session.isCaughtUp();
    }

    /** Has what it may see judged by this, whenever that may have changed. */
    void setRightsCheck(RightsCheck judge) {
        rightsCheck = judge;
    }

    /** What the rooms that it follows show from now on; closes it, if they are others. */
    void setRights(ReadCapability capability) {
        RoomSubscription place = roomSubscription.orElseThrow();
        switch (place.updateRights(capability)) {
            case RightsUpdate.Continued continued -> session.resume(continued.other());
            case RightsUpdate.Resubscribed elsewhere -> session.requireBootstrap();
        }
    }

    /** Whether there is something to judge: one that was told to ask again is told so once. */
    boolean isSubscribed() {
        return roomSubscription.isPresent() && !session.isPaused();
    }

    /** Has its rights judged in its turn, and keeps it from sending until then. Once for all who ask before it has begun. */
    void recheckRights() {
        if (judgingWaits.compareAndSet(false, true)) {
            session.pause();
            enqueue(() -> {
                judgingWaits.set(false);
                return rightsCheck.check(this, Optional.empty());
            });
        }
    }

    /** The same where the course has come to the place at which they changed; unless it follows another one by then. */
    private void recheckRights(Subscription from, Seq at) {
        session.pause();
        enqueue(() -> {
            if (session.isCurrent(from)) {
                return rightsCheck.check(this, Optional.of(at));
            }
            session.resume();
            return CompletableFuture.completedStage(null);
        });
    }

    /** Has this done when the socket is gone, after all that it asked for. */
    public void onClosed(Runnable last) {
        gone = last;
    }

    /** The socket is gone. */
    void closed() {
        session.closed();
        serialExecutor.close(() -> {
            roomSubscription.ifPresent(RoomSubscription::close);
            gone.run();
        });
    }
}
