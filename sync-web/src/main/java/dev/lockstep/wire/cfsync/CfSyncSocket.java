package dev.lockstep.wire.cfsync;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.room.Encoder;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.http.PathNames;
import dev.lockstep.wire.identity.CallerPrincipal;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.SocketSessions;
import dev.lockstep.wire.socket.SubscriptionSpec;
import dev.lockstep.wire.socket.SubscriptionSpec.Greeting;
import dev.lockstep.wire.socket.SubscriptionSpec.Resuming;
import dev.lockstep.wire.socket.SubscriptionSpec.WhenLost;
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

/** The broadcast socket (contract, section 1.5). The party's name means nothing. */
@ServerEndpoint("/parties/{party}/{room}")
public class CfSyncSocket {
    /** The query parameter with the position up to which a client has seen everything. */
    private static final String CURSOR = "cursor";

    /** The query parameter by which a client without lists of a scope gets frames without one. */
    private static final String SCOPES = "scopes";

    /** The query parameter by which a client receives messages of the application. */
    private static final String MESSAGES = "messages";

    private static final String ALL = "all";

    private static final Logger LOG = System.getLogger(CfSyncSocket.class.getName());

    private final IncomingText text = new IncomingText();
    private boolean resumes;
    private boolean hasPinged;

    @Inject
    private SocketSessions sessions;

    @Inject
    private ClientGenerations generations;

    @Inject
    private ServedApplication application;

    @OnOpen
    public void open(Session socket) throws IOException {
        try {
            SubscriptionSpec spec = subscription(socket);
            resumes = spec.resuming().isPresent();
            sessions.subscribe(socket, room(socket), spec);
        } catch (SyncException unreadable) {
            socket.close(new CloseReason(CloseCodes.VIOLATED_POLICY, "the room or the cursor cannot be read"));
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

    private static SubscriptionSpec subscription(Session socket) {
        SubscriptionSpec rows = rows(socket);
        return asksForAll(socket, MESSAGES) ? rows.withMessages(CfSyncFrames.MESSAGE) : rows;
    }

    private static SubscriptionSpec rows(Session socket) {
        Encoder<List<Frame>> broadcasts = broadcasts(socket);
        List<String> cursors = socket.getRequestParameterMap().getOrDefault(CURSOR, List.of());
        return cursors.isEmpty()
                ? new SubscriptionSpec(broadcasts, CfSyncFrames::init)
                : new SubscriptionSpec(
                        broadcasts,
                        List.of(Greeting.first(CfSyncFrames::resumed)),
                        Optional.of(new Resuming(
                                position(cursors),
                                CfSyncFrames::bootstrapNeeded,
                                WhenLost.CONTINUE_LIVE,
                                CfSyncFrames::purged)));
    }

    private static Encoder<List<Frame>> broadcasts(Session socket) {
        return asksForAll(socket, SCOPES) ? CfSyncFrames.UNSCOPED_BROADCASTS : CfSyncFrames.BROADCASTS;
    }

    private static boolean asksForAll(Session socket, String parameter) {
        return socket.getRequestParameterMap()
                .getOrDefault(parameter, List.of())
                .contains(ALL);
    }

    private static Seq position(List<String> cursors) {
        String only = cursors.getFirst();
        if (cursors.size() > 1 || !only.matches("[0-9]{1,18}")) {
            throw new SyncException(ErrorCode.MALFORMED, "cursor: expected one position of the log");
        }
        return new Seq(Long.parseLong(only));
    }

    /**
     * A client asks whether the server is there, or, where it resumes, sends a newer token. All else is ignored, and what
     * is long is not held: hence in parts.
     */
    @OnMessage
    public void onMessage(Session socket, String part, boolean last) {
        sessions.received(socket);
        text.add(part, last).ifPresent(message -> onMessage(socket, message));
    }

    private void onMessage(Session socket, String message) {
        if (message.equals(CfSyncFrames.PING)) {
            sessions.pong(socket, CfSyncFrames.PONG);
            if (!hasPinged) {
                hasPinged = true;
                generations.pings(room(socket), caller(socket));
            }
        } else if (resumes) {
            CfSyncFrames.token(message)
                    .ifPresent(token ->
                            sessions.renew(socket, token, CfSyncFrames.tokenAccepted(), CfSyncFrames::refused));
        }
    }

    /** Nothing is sent in bytes. */
    @OnMessage
    public void ignore(Session socket, byte[] part, boolean last) {
        sessions.received(socket);
    }

    @OnMessage
    public void pong(Session socket, PongMessage answer) {
        sessions.received(socket);
    }

    @OnClose
    public void close(Session socket) {
        onClosed(socket);
    }

    private void onClosed(Session socket) {
        sessions.closed(socket);
        if (hasPinged) {
            hasPinged = false;
            generations.gone(room(socket), caller(socket));
        }
    }

    @OnError
    public void error(Session socket, Throwable cause) {
        LOG.log(Level.DEBUG, () -> "session=" + socket.getId() + " broke", cause);
        onClosed(socket);
    }
}
