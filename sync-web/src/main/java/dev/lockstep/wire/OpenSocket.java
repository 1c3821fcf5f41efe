package dev.lockstep.wire;

import dev.lockstep.access.Membership;
import dev.lockstep.access.Membership.Judged;
import dev.lockstep.access.Rights;
import dev.lockstep.api.Caller;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/** A socket, whose it is, what it asks for, and its place in its rooms once it has one. Thread-safe. */
public final class OpenSocket {
    private final SocketSession session;
    private final Inbox inbox;
    private final Caller anonymous;
    private final Function<List<RoomId>, Executor> filters;
    private final AtomicBoolean judgingWaits = new AtomicBoolean();
    private volatile Optional<Signed> signed = Optional.empty();
    private volatile Optional<Membership> membership = Optional.empty(); // written by the inbox's steps only
    private volatile Runnable gone = () -> {};
    private volatile Judging judging = (socket, at) -> {
        throw new IllegalStateException("nobody judges what this socket may see");
    };

    /** Judges again what a socket may see that follows rooms, as a step of its inbox. */
    @FunctionalInterface
    interface Judging {
        /** @param at the place of the log at which it changed; empty if that is not known yet */
        CompletionStage<?> check(OpenSocket socket, Optional<Seq> at);
    }

    /**
     * A socket.
     *
     * @param anonymous who it is for until it is somebody's
     * @param filters where read filters of these rooms are asked
     */
    OpenSocket(SocketSession session, Inbox inbox, Caller anonymous, Function<List<RoomId>, Executor> filters) {
        this.session = session;
        this.inbox = inbox;
        this.anonymous = anonymous;
        this.filters = filters;
        session.setRightsCheck(this::recheckRights);
    }

    SocketSession session() {
        return session;
    }

    /** It is this caller's from now on; nobody's before. */
    void isOf(Signed caller) {
        signed = Optional.of(caller);
    }

    /** Whose it is; empty if its caller is anonymous. */
    Optional<Signed> signed() {
        return signed;
    }

    /** Whose it is by now. */
    public Caller caller() {
        return signed.map(each -> each.known().caller()).orElse(anonymous);
    }

    /** Does what the socket asks for, in its turn. If too much waits already, the socket is closed instead. */
    public void enqueue(Supplier<CompletionStage<?>> step) {
        enqueue(0, step);
    }

    /** The same for what holds so many characters of a message until its turn has come. */
    public void enqueue(int characters, Supplier<CompletionStage<?>> step) {
        if (!inbox.add(characters, step)) {
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
    public void subscribe(Rights rights, Following spec) {
        unsubscribe();
        Course subscription = session.subscribe(spec, filters.apply(rights.rooms()));
        Membership granted = rights.follow(subscription);
        membership = Optional.of(granted);
        subscription.startBacklog(CatchUp.Source.of(granted));
    }

    /** Follows no rooms any more. A step of the inbox. */
    public void unsubscribe() {
        session.unsubscribe();
        membership.ifPresent(Membership::close);
        membership = Optional.empty();
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
    void setRightsCheck(Judging judge) {
        judging = judge;
    }

    /** What the rooms that it follows show from now on; closes it, if they are others. */
    void setRights(Rights rights) {
        Membership place = membership.orElseThrow();
        switch (place.updateRights(rights)) {
            case Judged.GoesOn goesOn -> session.resume(goesOn.other());
            case Judged.ComesAnew elsewhere -> session.requireBootstrap();
        }
    }

    /** Whether there is something to judge: one that was told to ask again is told so once. */
    boolean isSubscribed() {
        return membership.isPresent() && !session.isPaused();
    }

    /** Has its rights judged in its turn, and keeps it from sending until then. Once for all who ask before it has begun. */
    void recheckRights() {
        if (judgingWaits.compareAndSet(false, true)) {
            session.pause();
            enqueue(() -> {
                judgingWaits.set(false);
                return judging.check(this, Optional.empty());
            });
        }
    }

    /** The same where the course has come to the place at which they changed; unless it follows another one by then. */
    private void recheckRights(Course from, Seq at) {
        session.pause();
        enqueue(() -> {
            if (session.isCurrent(from)) {
                return judging.check(this, Optional.of(at));
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
        inbox.close(() -> {
            membership.ifPresent(Membership::close);
            gone.run();
        });
    }
}
