package dev.lockstep.wire.cfsync;

import dev.lockstep.api.Caller;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.PathNames;
import dev.lockstep.wire.ServedApplication;
import dev.lockstep.wire.SocketSessions;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The broadcast socket (contract, section 1.5). The party's name means nothing; what a client sends is ignored. */
@ServerEndpoint("/parties/{party}/{room}")
public class CfSyncSocket {
    private static final Logger LOG = System.getLogger(CfSyncSocket.class.getName());

    @Inject
    private SocketSessions sessions;

    @Inject
    private ServedApplication application;

    @OnOpen
    public void open(Session socket) throws IOException {
        try {
            String room = PathNames.of(socket.getRequestURI()).getLast();
            sessions.follow(
                    socket,
                    application.room(room),
                    Caller.anonymous(application.name()),
                    CfSyncFrames.BROADCASTS,
                    CfSyncFrames::init);
        } catch (SyncException unreadable) {
            socket.close(new CloseReason(CloseCodes.VIOLATED_POLICY, "the room's name cannot be read"));
        }
    }

    /** Taken in parts, so that a frame of any length is ignored without being held. */
    @OnMessage
    public void ignore(String part, boolean last) {}

    @OnClose
    public void close(Session socket) {
        sessions.ended(socket);
    }

    @OnError
    public void error(Session socket, Throwable cause) {
        LOG.log(Level.DEBUG, () -> "session=" + socket.getId() + " broke", cause);
        sessions.ended(socket);
    }
}
