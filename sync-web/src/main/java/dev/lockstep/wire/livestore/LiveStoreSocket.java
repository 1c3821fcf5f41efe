package dev.lockstep.wire.livestore;

import dev.lockstep.wire.livestore.rpc.StoreAddress;
import dev.lockstep.wire.livestore.rpc.StoreAddress.Transport;
import dev.lockstep.wire.socket.SocketSessions;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Socket endpoint of the dialect (contract, section 1.2). Binary messages hold the same JSON as texts. */
@ServerEndpoint(value = LiveStoreApi.PATH, configurator = HandshakeHeaders.class)
public class LiveStoreSocket {
    /** Longest message, in characters or bytes. A longer one closes the socket with 1009. */
    static final int MESSAGE_LENGTH_MAX = LiveStoreServlet.MESSAGE_BYTES_MAX;

    private static final Logger LOG = System.getLogger(LiveStoreSocket.class.getName());

    private final StringBuilder text = new StringBuilder();
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
    private @Nullable StoreSession session;

    @Inject
    private SocketSessions sessions;

    @Inject
    private StoreSessions stores;

    @Inject
    private LiveStoreDialect dialect;

    @OnOpen
    public void open(Session socket, EndpointConfig config) throws IOException {
        Optional<StoreAddress> address = StoreAddress.of(socket.getQueryString());
        if (address.isPresent() && dialect.serves(Transport.WS)) {
            session = stores.open(
                    socket,
                    address.get(),
                    HandshakeHeaders.take(config, dialect.settings().forwardedHeaders()));
        } else {
            socket.close(new CloseReason(CloseCodes.VIOLATED_POLICY, "this application does not speak the dialect"));
        }
    }

    /** Receives messages in parts, so that a too long one is not buffered. */
    @OnMessage
    public void onText(Session socket, String part, boolean last) {
        StoreSession mine = receiving(text.length() + part.length());
        if (mine == null) {
            return;
        }
        if (last && text.isEmpty()) {
            stores.received(mine, part);
            return;
        }
        text.append(part);
        if (last) {
            String whole = text.toString();
            empty();
            stores.received(mine, whole);
        }
    }

    @OnMessage
    public void onBytes(Session socket, byte[] part, boolean last) {
        StoreSession mine = receiving(bytes.size() + part.length);
        if (mine == null) {
            return;
        }
        bytes.writeBytes(part);
        if (last) {
            byte[] whole = bytes.toByteArray();
            empty();
            try {
                stores.received(
                        mine,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(whole))
                                .toString());
            } catch (CharacterCodingException noText) {
                mine.connection().close(CloseCodes.NOT_CONSISTENT.getCode(), "a binary message is not UTF-8");
            }
        }
    }

    /** The session of a message that has this length so far; null if it is closed, or the message is too long. */
    private @Nullable StoreSession receiving(int length) {
        StoreSession mine = session;
        if (mine != null) {
            mine.connection().received();
            if (length > MESSAGE_LENGTH_MAX) {
                empty();
                session = null;
                mine.connection().close(CloseCodes.TOO_BIG.getCode(), "a message is too long");
                return null;
            }
        }
        return mine;
    }

    // An idle socket must not keep a buffer of the size of its longest message.
    private void empty() {
        text.setLength(0);
        text.trimToSize();
        bytes = new ByteArrayOutputStream(0);
    }

    @OnMessage
    public void pong(Session socket, PongMessage answer) {
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
