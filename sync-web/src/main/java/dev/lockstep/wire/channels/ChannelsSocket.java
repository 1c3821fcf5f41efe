package dev.lockstep.wire.channels;

import dev.lockstep.wire.socket.MessageAssembler;
import dev.lockstep.wire.socket.SocketSessions;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Socket endpoint of the dialect (contract, "Endpoint and handshake"). */
@ServerEndpoint(ChannelsApi.PATH)
public class ChannelsSocket {
    /** Longest message, in characters. A longer one closes the socket with 1009. */
    static final int MESSAGE_CHARACTERS_MAX = 1024 * 1024;

    private final MessageAssembler messages = new MessageAssembler(MESSAGE_CHARACTERS_MAX);
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
            sessions.refuse(socket);
        }
    }

    @OnMessage
    public void onMessage(Session socket, String part, boolean last) {
        ChannelsSession mine = session;
        if (mine != null) {
            messages.add(mine.connection(), part, last).ifPresent(message -> dialect.received(mine, message));
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
        sessions.failed(socket, cause);
    }
}
