package dev.lockstep.wire.livestore;

import dev.lockstep.access.StoreReader;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.livestore.pull.LivePull;
import dev.lockstep.wire.livestore.pull.OneTimePull;
import dev.lockstep.wire.livestore.pull.StorePull;
import dev.lockstep.wire.livestore.rpc.InvalidPayload;
import dev.lockstep.wire.livestore.rpc.PullRequest;
import dev.lockstep.wire.livestore.rpc.RpcAnswers;
import dev.lockstep.wire.livestore.rpc.RpcMessage;
import dev.lockstep.wire.livestore.rpc.StoreAddress;
import dev.lockstep.wire.socket.Connection;
import dev.lockstep.wire.socket.ConnectionPolicy;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.SocketSessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The requests of the dialect's open sockets. Trouble closes the socket, because a published client that receives an error for
 * its pull never pulls again; after a close it reconnects, and pulls from its last event (contract, section 0). Thread-safe.
 */
@ApplicationScoped
public class StoreSessions {
    /** Most answers that wait. One more closes the socket with 1008. */
    static final int STORE_RESPONSES_MAX = 512;

    /** Service restart (registry of WebSocket close codes). The client reconnects. */
    static final int CLOSED_RESTART = 1012;

    static final ConnectionPolicy POLICY = new ConnectionPolicy() {
        @Override
        public int responsesMax() {
            return STORE_RESPONSES_MAX;
        }

        @Override
        public Close restored() {
            return new Close(CLOSED_RESTART, "the store was reset or restored; reconnect");
        }
    };

    /** Longest message, in characters, that is read on the thread that received it. Pings and acknowledgements are shorter. */
    private static final int SHORT_CHARACTERS_MAX = 1_024;

    private static final Frame PONG = new Frame(RpcAnswers.PONG);

    private static final CompletionStage<?> DONE = CompletableFuture.completedStage(null);

    @Inject
    private SocketSessions sessions;

    @Inject
    private LiveStoreDialect dialect;

    @Inject
    private StorePulls pulls;

    @Inject
    private StorePushes pushes;

    @Inject
    private StoreTrace trace;

    /** @param headers the forwarded headers of the handshake */
    StoreSession open(Session socket, StoreAddress address, Map<String, String> headers) {
        StoreSession[] made = new StoreSession[1];
        Connection opened = sessions.open(socket, POLICY, (each, at) -> checkRights(made[0]));
        StoreSession session = new StoreSession(opened, address, headers, System.nanoTime());
        made[0] = session;
        dialect.payloads().bySecret(address).ifPresent(known -> sessions.authenticate(opened, known));
        return session;
    }

    /** Receives a complete message of the client. Never blocks. */
    void received(StoreSession session, String text) {
        if (text.length() <= SHORT_CHARACTERS_MAX) {
            received(session, RpcMessage.of(text), text.length());
        } else {
            session.heard(System.nanoTime());
            session.connection().enqueue(text.length(), () -> {
                RpcMessage message = RpcMessage.of(text);
                if (message instanceof RpcMessage.Request request) {
                    return handle(session, request);
                }
                received(session, message, 0);
                return DONE;
            });
        }
    }

    private void received(StoreSession session, RpcMessage message, int characters) {
        Connection connection = session.connection();
        boolean isFirst = !(message instanceof RpcMessage.Ping) && session.heard(System.nanoTime());
        switch (message) {
            case RpcMessage.Ping ping -> pinged(session);
            case RpcMessage.Ack ack -> acknowledged(session, ack.requestId(), isFirst);
            case RpcMessage.Request request -> connection.enqueue(characters, () -> handle(session, request));
            case RpcMessage.Interrupt interrupt ->
                connection.enqueue(() -> {
                    if (session.end(interrupt.requestId())) {
                        send(session, RpcAnswers.interrupted(interrupt.requestId()));
                    }
                    return DONE;
                });
            case RpcMessage.Unreadable unreadable -> send(session, RpcAnswers.defect(unreadable.defectJson()));
            case RpcMessage.Ignored ignored -> {}
        }
    }

    /**
     * A published client whose network was silent for two of its pings connects again, and then waits for the answers to what it
     * sent before: it pulls again only when its socket is closed (contract, section 1.6; seen with 0.4.0).
     */
    private static void pinged(StoreSession session) {
        Connection connection = session.connection();
        connection.pong(PONG);
        if (session.lacksPull(System.nanoTime())) {
            // A request that is slow comes first, and may be a pull.
            connection.enqueue(() -> closeWithoutPull(session));
        }
    }

    private static CompletionStage<?> closeWithoutPull(StoreSession session) {
        if (session.lacksPull(System.nanoTime())) {
            session.connection().close(ConnectionPolicy.CLOSED_REFUSED, "this connection has no pull; reconnect");
        }
        return DONE;
    }

    private static void send(StoreSession session, String json) {
        session.connection().send(new Frame(json));
    }

    /** An acknowledgement of a pull from before a reconnect: without an answer, its client would wait for ever. */
    private static void acknowledged(StoreSession session, String requestId, boolean isFirst) {
        if (isFirst) {
            session.connection()
                    .close(ConnectionPolicy.CLOSED_REFUSED, "this connection has no such request; reconnect");
        } else {
            session.pull(requestId).ifPresent(StorePull::acknowledged);
        }
    }

    private CompletionStage<?> handle(StoreSession session, RpcMessage.Request request) {
        return switch (request.tag()) {
            case "SyncWsRpc.Pull" -> {
                session.pullRequested();
                yield pull(session, request);
            }
            case "SyncWsRpc.Push" -> pushes.push(session.client(), request).thenAccept(answer -> send(session, answer));
            default -> {
                send(session, RpcAnswers.defect(RpcAnswers.unknownTag(request.tag())));
                yield DONE;
            }
        };
    }

    private CompletionStage<?> pull(StoreSession session, RpcMessage.Request request) {
        PullRequest pull;
        try {
            pull = PullRequest.ofSocket(request);
        } catch (InvalidPayload invalid) {
            send(session, RpcAnswers.died(request.id(), invalid.message()));
            return DONE;
        }
        if (!pull.storeId().equals(session.client().store().value())) {
            send(session, RpcAnswers.died(request.id(), "storeId: is not the one of the address"));
            return DONE;
        }
        if (session.isFull()) {
            session.connection().close(ConnectionPolicy.CLOSED_REFUSED, "too many pulls");
            return DONE;
        }
        return trace.follow(session.client(), request, pulls.begin(session.client(), pull))
                .handle((granted, failure) -> {
                    if (failure != null) {
                        refuse(session, failure);
                    } else if (granted.unknownBackendId().isPresent()) {
                        send(
                                session,
                                RpcAnswers.backendIdMismatch(
                                        request.id(),
                                        granted.reader().backendId(),
                                        granted.unknownBackendId().get()));
                    } else {
                        session.begin(request.id(), pull(session, request.id(), granted.reader(), pull));
                    }
                    return null;
                });
    }

    private static StorePull pull(StoreSession session, String requestId, StoreReader reader, PullRequest pull) {
        if (pull.isLive()) {
            return new LivePull(session.connection(), requestId, reader, pull.after());
        }
        return OneTimePull.of(session.connection(), requestId, reader, pull.after(), () -> session.ended(requestId));
    }

    private static void refuse(StoreSession session, Throwable failure) {
        if (isPermanent(failure)) {
            session.connection().close(ConnectionPolicy.CLOSED_FORBIDDEN, message(failure));
        } else {
            session.connection().close(CLOSED_RESTART, message(failure));
        }
    }

    private static boolean isPermanent(Throwable failure) {
        return FailureMapper.cause(failure) instanceof SyncException refused
                && !refused.refusal().code().retryable();
    }

    private static String message(Throwable failure) {
        return FailureMapper.refusal("Pull failed; the socket is closed", failure)
                .message();
    }

    /** Any other failure closes the connection with 1011. */
    private CompletionStage<?> checkRights(StoreSession session) {
        if (session.pulls().isEmpty()) {
            return DONE;
        }
        return pulls.read(session.client(), true)
                .thenAccept(reader -> session.pulls().forEach(pull -> pull.updateRights(reader)))
                .exceptionallyCompose(failure -> {
                    if (isPermanent(failure)) {
                        ConnectionPolicy.Close close = POLICY.forbidden();
                        session.connection().close(close.code(), close.reason());
                        return CompletableFuture.completedStage(null);
                    }
                    return CompletableFuture.failedStage(failure);
                });
    }
}
