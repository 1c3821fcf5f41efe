package dev.lockstep.wire.cfsync;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.room.Encoder;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.http.PathNames;
import dev.lockstep.wire.identity.CallerPrincipal;
import dev.lockstep.wire.socket.Connection;
import dev.lockstep.wire.socket.ConnectionPolicy;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.RoomSubscriptions;
import dev.lockstep.wire.socket.SocketSessions;
import dev.lockstep.wire.socket.Subscription;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The broadcast socket (contract, section 1.5). The name of the party has no meaning. */
@ServerEndpoint("/parties/{party}/{room}")
public class CfSyncSocket {
    /** The query parameter with the position up to which a client has seen everything. */
    private static final String CURSOR = "cursor";

    /** The query parameter that selects frames without scopes, for clients whose lists show all scopes. */
    private static final String SCOPES = "scopes";

    /** The query parameter that subscribes to messages of the application. */
    private static final String MESSAGES = "messages";

    /** The query parameter that asks for the client's position after the backlog and with each ping. */
    private static final String POSITIONS = "positions";

    private static final String ALL = "all";

    private static final Logger LOG = System.getLogger(CfSyncSocket.class.getName());

    private final IncomingText text = new IncomingText();
    private @Nullable Connection connection;
    private volatile Optional<Subscription> subscription = Optional.empty();
    private boolean resumes;
    private volatile boolean hasPinged;
    private volatile boolean isCurrent; // the subscription's frames are those for clients since version 0.25

    @Inject
    private SocketSessions sessions;

    @Inject
    private RoomSubscriptions rooms;

    @Inject
    private ClientGenerations generations;

    @Inject
    private ServedApplication application;

    @OnOpen
    public void open(Session socket) throws IOException {
        try {
            RoomId room = room(socket);
            CfSyncSubscription protocol = protocol(socket);
            resumes = protocol.cursor().isPresent();
            Connection opened = sessions.open(
                    socket, ConnectionPolicy.COMMON, (connection, at) -> rooms.recheck(connection, room, subscription));
            connection = opened;
            // Rules are application code: they do not run on the I/O thread that opened the socket.
            List<String> filters = values(socket, ListParameters.FILTER);
            opened.enqueue(() -> subscribe(opened, room, hasPinged ? current(protocol) : protocol, filters));
        } catch (SyncException unreadable) {
            socket.close(new CloseReason(CloseCodes.VIOLATED_POLICY, "the room or the cursor cannot be read"));
        }
    }

    private CompletionStage<?> subscribe(
            Connection opened, RoomId room, CfSyncSubscription protocol, List<String> filters) {
        return rooms.subscribe(opened, room, protocol, () -> SocketFilters.read(application.collections(), filters))
                .handle((subscribed, failure) -> {
                    if (failure == null) {
                        subscription = Optional.of(subscribed);
                    } else {
                        refuse(opened, failure);
                    }
                    return null;
                });
    }

    /** The protocol for a client since version 0.25; the same if its frames are those for all clients. */
    private CfSyncSubscription current(CfSyncSubscription protocol) {
        isCurrent = true;
        return generations
                .broadcasts()
                .filter(broadcasts -> protocol.isOfPublishedClient())
                .map(protocol::encodedBy)
                .orElse(protocol);
    }

    /**
     * Subscribes anew for a client that has now shown that it is one since version 0.25: {@code sync-init} has it read what
     * it has not applied.
     */
    private CompletionStage<?> subscribeAsCurrent(Connection mine, Session socket) {
        Optional<Subscription> before = subscription;
        if (isCurrent || before.isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        CfSyncSubscription protocol = protocol(socket);
        CfSyncSubscription current = current(protocol);
        if (current.equals(protocol)) {
            return CompletableFuture.completedStage(null);
        }
        mine.unsubscribe(before.get());
        return subscribe(mine, room(socket), current, List.of());
    }

    private static void refuse(Connection connection, Throwable failure) {
        if (FailureMapper.cause(failure) instanceof SyncException refused) {
            Refusal refusal = refused.refusal();
            connection.close(
                    refusal.code().retryable() ? ConnectionPolicy.CLOSED_FAULT : ConnectionPolicy.CLOSED_REFUSED,
                    refusal.message());
        } else {
            connection.close(ConnectionPolicy.CLOSED_FAULT, "the server could not open the room");
        }
    }

    private RoomId room(Session socket) {
        return application.room(PathNames.of(socket.getRequestURI()).getLast());
    }

    private Caller caller(Session socket) {
        return socket.getUserPrincipal() instanceof CallerPrincipal principal
                ? principal.known().caller()
                : Caller.anonymous(application.name());
    }

    private static CfSyncSubscription protocol(Session socket) {
        List<String> cursors = values(socket, CURSOR);
        Optional<Seq> cursor = cursors.isEmpty() ? Optional.empty() : Optional.of(position(cursors));
        boolean isFiltered = !values(socket, ListParameters.FILTER).isEmpty();
        return new CfSyncSubscription(
                broadcasts(asksForAll(socket, SCOPES), isFiltered),
                cursor,
                asksForAll(socket, MESSAGES) ? Optional.of(CfSyncFrames.MESSAGE) : Optional.empty(),
                isFiltered,
                cursor.isPresent() && asksForAll(socket, POSITIONS));
    }

    private static Encoder<List<Frame>> broadcasts(boolean isUnscoped, boolean isFiltered) {
        if (isFiltered) {
            return isUnscoped ? CfSyncFrames.UNSCOPED_FILTERED_BROADCASTS : CfSyncFrames.FILTERED_BROADCASTS;
        }
        return isUnscoped ? CfSyncFrames.UNSCOPED_BROADCASTS : CfSyncFrames.BROADCASTS;
    }

    private static boolean asksForAll(Session socket, String parameter) {
        return values(socket, parameter).contains(ALL);
    }

    private static List<String> values(Session socket, String parameter) {
        return socket.getRequestParameterMap().getOrDefault(parameter, List.of());
    }

    private static Seq position(List<String> cursors) {
        String only = cursors.getFirst();
        if (cursors.size() > 1 || !only.matches("[0-9]{1,18}")) {
            throw new SyncException(ErrorCode.MALFORMED, "cursor: expected one position of the log");
        }
        return new Seq(Long.parseLong(only));
    }

    /**
     * Receives a ping or, on a socket with a cursor, a newer token. Other messages are ignored. Messages arrive in parts, so
     * that a long one is never buffered.
     */
    @OnMessage
    public void onMessage(Session socket, String part, boolean last) {
        Connection mine = connection;
        if (mine != null) {
            mine.received();
            text.add(part, last).ifPresent(message -> onMessage(socket, mine, message));
        }
    }

    private void onMessage(Session socket, Connection mine, String message) {
        if (message.equals(CfSyncFrames.PING)) {
            mine.pong(CfSyncFrames.PONG);
            if (!hasPinged) {
                hasPinged = true;
                generations.firstPing(room(socket), caller(socket));
                mine.enqueue(() -> subscribeAsCurrent(mine, socket));
            }
        } else if (resumes) {
            CfSyncFrames.token(message)
                    .ifPresent(token -> mine.enqueue(token.length(), () -> {
                        mine.send(sessions.renew(mine, token)
                                .map(CfSyncFrames::refused)
                                .orElseGet(CfSyncFrames::tokenAccepted));
                        return CompletableFuture.completedStage(null);
                    }));
        }
    }

    /** Ignores binary messages; the dialect has none. */
    @OnMessage
    public void ignore(Session socket, byte[] part, boolean last) {
        received();
    }

    @OnMessage
    public void pong(Session socket, PongMessage answer) {
        received();
    }

    private void received() {
        if (connection != null) {
            connection.received();
        }
    }

    @OnClose
    public void close(Session socket) {
        onClosed(socket);
    }

    private void onClosed(Session socket) {
        sessions.closed(socket);
        if (hasPinged) {
            hasPinged = false;
            generations.socketClosed(room(socket), caller(socket));
        }
    }

    @OnError
    public void error(Session socket, Throwable cause) {
        LOG.log(Level.DEBUG, () -> "session=" + socket.getId() + " failed", cause);
        onClosed(socket);
    }
}
