package dev.lockstep.wire.socket;

import dev.lockstep.access.ReadCapability;
import dev.lockstep.api.Caller;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.wire.identity.AuthenticatedIdentity;
import dev.lockstep.wire.socket.ConnectionPolicy.Close;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One WebSocket: the caller, the requests of the client, which run one after another, and any number of subscriptions.
 * Thread-safe.
 */
public final class Connection {
    private final SocketSession session;
    private final SerialExecutor requests;
    private final Caller anonymous;
    private final Function<List<RoomId>, Executor> filters;
    private final AtomicBoolean checkWaits = new AtomicBoolean();
    private volatile Optional<AuthenticatedIdentity> identity = Optional.empty();
    private volatile Runnable onClosed = () -> {};
    private volatile RightsCheck rightsCheck = (connection, at) -> CompletableFuture.completedStage(null);

    /** Checks again what a connection may read. Runs as a request of the connection, while nothing is sent. */
    @FunctionalInterface
    public interface RightsCheck {
        /** @param at the position in the log at which the rights changed; empty if it is not known */
        CompletionStage<?> check(Connection connection, Optional<Seq> at);
    }

    /**
     * A connection without subscriptions.
     *
     * @param anonymous the caller until there is an identity
     * @param filters where the read filters of rooms run
     */
    Connection(
            SocketSession session,
            SerialExecutor requests,
            Caller anonymous,
            Function<List<RoomId>, Executor> filters) {
        this.session = session;
        this.requests = requests;
        this.anonymous = anonymous;
        this.filters = filters;
        session.setRightsCheck(this::recheckRights);
    }

    SocketSession session() {
        return session;
    }

    void authenticate(AuthenticatedIdentity caller) {
        identity = Optional.of(caller);
    }

    /** The identity of the caller; empty if the caller is anonymous. */
    Optional<AuthenticatedIdentity> identity() {
        return identity;
    }

    /** The caller at present. */
    public Caller caller() {
        return identity.map(each -> each.known().caller()).orElse(anonymous);
    }

    /** Runs a request of the client after those before it. If too many wait already, the connection is closed. */
    public void enqueue(Supplier<CompletionStage<?>> request) {
        enqueue(0, request);
    }

    /** The same for a request that holds so many characters of a message until it runs. */
    public void enqueue(int characters, Supplier<CompletionStage<?>> request) {
        if (!requests.add(characters, request)) {
            session.closeForFlooding();
        }
    }

    /** The client has sent something, so it is not silent. */
    public void received() {
        session.received(System.nanoTime());
    }

    /** Sends a response, between two commits. A client that does not read its responses is closed. */
    public void send(Frame frame) {
        session.send(frame);
    }

    /** Has the responses sent that have been added to those of a subscription, and the commits that were kept back. */
    public void responsesAdded() {
        session.flush();
    }

    /** Answers a ping that the client has sent as a message: before all else, also while rights are checked. */
    public void pong(Frame answer) {
        session.pong(answer);
    }

    /** Sends a last frame, and closes the socket when it has left. */
    public void closeAfter(Frame frame, int code, String reason) {
        session.closeAfter(frame, new Close(code, reason));
    }

    /** Closes the socket, once. */
    public void close(int code, String reason) {
        session.close(new Close(code, reason));
    }

    /** Closes the socket of a caller whose identity has ended, as the contract says. */
    void closeForEndedIdentity() {
        session.close(session.policy().identityEnded());
    }

    /** Subscribes to the rooms of a capability. Called by a request of the connection. */
    public Subscription subscribe(ReadCapability capability, SubscriptionProtocol protocol) {
        Subscription subscription = session.add(protocol, filters.apply(capability.rooms()));
        subscription.join(capability);
        return subscription;
    }

    /** Ends a subscription. Called by a request of the connection. More than once is the same as once. */
    public void unsubscribe(Subscription subscription) {
        session.remove(subscription);
        subscription.leaveRooms();
    }

    /** The subscriptions, in the order in which they began. */
    public List<Subscription> subscriptions() {
        return session.subscriptions();
    }

    /** Has the rights of the connection checked by this, whenever they may have changed. */
    void setRightsCheck(RightsCheck check) {
        rightsCheck = check;
    }

    /** Shows a subscription what these rights allow from now on. A client that cannot be told of the change must bootstrap. */
    public void updateRights(Subscription subscription, ReadCapability capability) {
        if (!subscription.updateRights(capability)) {
            session.close(session.policy().rightsChanged());
        }
    }

    /** Checks the rights after the requests that wait, and pauses sending until then. Calls before it begins share one check. */
    void recheckRights() {
        if (checkWaits.compareAndSet(false, true)) {
            session.pause();
            enqueue(() -> {
                checkWaits.set(false);
                return check(Optional.empty());
            });
        }
    }

    /** The same where a subscription has reached the position at which they changed, unless it has ended by then. */
    private void recheckRights(Subscription subscription, Seq at) {
        session.pause();
        enqueue(() -> {
            if (session.has(subscription)) {
                return check(Optional.of(at));
            }
            session.resume();
            return CompletableFuture.completedStage(null);
        });
    }

    private CompletionStage<?> check(Optional<Seq> at) {
        return completed(() -> rightsCheck.check(this, at)).whenComplete((nothing, failure) -> {
            if (failure != null) {
                RightsCheckFailures.log(failure);
                close(ConnectionPolicy.CLOSED_FAULT, RightsCheckFailures.RECONNECT);
            }
            session.resume();
        });
    }

    private static CompletionStage<?> completed(Supplier<CompletionStage<?>> check) {
        try {
            return check.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Runs when the socket is closed, after all requests. */
    public void onClosed(Runnable last) {
        onClosed = last;
    }

    /** The socket is closed. */
    void closed() {
        session.closed();
        requests.close(() -> {
            subscriptions().forEach(Subscription::leaveRooms);
            onClosed.run();
        });
    }
}
