package dev.lockstep.wire.channels;

import dev.lockstep.wire.socket.SocketSessions;
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
import org.jspecify.annotations.Nullable;

/** Socket endpoint of the dialect (contract, "Endpoint and handshake"). */
@ServerEndpoint(ChannelsApi.PATH)
public class ChannelsSocket {
    /** Longest message, in characters. A longer one closes the socket with 1009. */
    static final int MESSAGE_CHARACTERS_MAX = 1024 * 1024;

    private static final Logger LOG = System.getLogger(ChannelsSocket.class.getName());

    private final StringBuilder text = new StringBuilder();
    private @Nullable ChannelsSession session;

    @Inject
    private SocketSessions sessions;

    @Inject
    private ChannelsSessions dialect;

    @Inject
    private ChannelsDialect spoken;

    @OnOpen
    public void open(Session socket) throws IOException {
        if (spoken.isEnabled()) {
            session = dialect.open(socket);
        } else {
            socket.close(new CloseReason(CloseCodes.VIOLATED_POLICY, "this application does not speak the dialect"));
        }
    }

    /** Receives messages in parts, so that a too long one is not buffered. */
    @OnMessage
    public void onMessage(Session socket, String part, boolean last) {
        ChannelsSession mine = session;
        if (mine == null) {
            return;
        }
        mine.connection().received();
        if (text.length() + part.length() > MESSAGE_CHARACTERS_MAX) {
            empty();
            session = null;
            mine.connection().close(CloseCodes.TOO_BIG.getCode(), "a message is too long");
            return;
        }
        if (last && text.isEmpty()) {
            dialect.received(mine, part);
            return;
        }
        text.append(part);
        if (last) {
            dialect.received(mine, text.toString());
            empty();
        }
    }

    // An idle socket must not keep a buffer of the size of its longest message.
    private void empty() {
        text.setLength(0);
        text.trimToSize();
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
        if (session != null) {
            session.connection().received();
        }
    }

    @OnClose
    public void close(Session socket) {
        sessions.closed(socket);
    }

    @OnError
    public void error(Session socket, Throwable cause) {
        LOG.log(Level.DEBUG, () -> "session=" + socket.getId() + " failed", cause);
        sessions.closed(socket);
    }
}
