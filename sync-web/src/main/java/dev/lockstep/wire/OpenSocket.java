package dev.lockstep.wire;

import dev.lockstep.access.GuardedRooms.Membership;
import dev.lockstep.access.Subscription;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/** A socket, whose it is, what it asks for, and its place in its rooms once it has one. Thread-safe. */
final class OpenSocket {
    private final SocketSession session;
    private final Inbox inbox;
    private final Subscription subscription;
    private final AtomicBoolean judgingWaits = new AtomicBoolean();
    private volatile Optional<Signed> signed = Optional.empty();
    private volatile Optional<Membership> membership = Optional.empty(); // written by the inbox's steps only

    /** @param subscription what the handshake asked for */
    OpenSocket(SocketSession session, Inbox inbox, Subscription subscription) {
        this.subscription = subscription;
        this.session = session;
        this.inbox = inbox;
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

    /** Does what the socket asks for, in its turn. If too much waits already, the socket is closed instead. */
    void asks(Supplier<CompletionStage<?>> step) {
        if (!inbox.add(step)) {
            session.asksTooFast();
        }
    }

    /** A step of the inbox has let it into its rooms. */
    void admitted(Membership granted) {
        membership = Optional.of(granted);
    }

    /** What the handshake asked for, for whoever it is by now; as nobody has judged it yet. */
    Subscription subscriptionNow() {
        return new Subscription(
                signed.map(each -> each.known().caller()).orElse(subscription.caller()),
                subscription.room(),
                subscription.collections(),
                session);
    }

    /**
     * Has its rights judged in its turn, and keeps it from sending until then. Once for all who ask before it has begun.
     *
     * @param judging lets the session go on, or closes it
     */
    void judgeAgain(Function<Optional<Membership>, CompletionStage<?>> judging) {
        if (judgingWaits.compareAndSet(false, true)) {
            session.hold();
            asks(() -> {
                judgingWaits.set(false);
                return judging.apply(membership);
            });
        }
    }

    /** The socket is gone. */
    void end() {
        session.ended();
        inbox.end(() -> membership.ifPresent(Membership::end));
    }
}
