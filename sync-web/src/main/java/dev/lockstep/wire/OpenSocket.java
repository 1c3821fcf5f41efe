package dev.lockstep.wire;

import dev.lockstep.access.GuardedRooms.Membership;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A socket, whose it is, what it asks for, and its place in its rooms once it has one. Thread-safe. */
final class OpenSocket {
    private final SocketSession session;
    private final Inbox inbox;
    private volatile Optional<Signed> signed = Optional.empty();
    private volatile Optional<Membership> membership = Optional.empty(); // written by the inbox's steps only

    OpenSocket(SocketSession session, Inbox inbox) {
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

    /** The socket is gone. */
    void end() {
        session.ended();
        inbox.end(() -> membership.ifPresent(Membership::end));
    }
}
