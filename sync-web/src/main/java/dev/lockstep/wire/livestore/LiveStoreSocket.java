package dev.lockstep.wire.livestore;

import dev.lockstep.wire.livestore.hook.ForwardedHeaders;
import dev.lockstep.wire.livestore.hook.HandshakeHeaders;
import dev.lockstep.wire.livestore.rpc.StoreAddress;
import dev.lockstep.wire.livestore.rpc.StoreAddress.Transport;
import dev.lockstep.wire.socket.MessageAssembler;
import dev.lockstep.wire.socket.SocketSessions;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
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

    /** Of both kinds: one message comes after the other. */
    private final MessageAssembler messages = new MessageAssembler(MESSAGE_LENGTH_MAX);

    private @Nullable StoreSession session;

    @Inject
    private SocketSessions sessions;

    @Inject
    private StoreSessions stores;

    @Inject
    private LiveStoreDialect dialect;

    @Inject
    private ForwardedHeaders forwardedHeaders;

    @OnOpen
    public void open(Session socket, EndpointConfig config) throws IOException {
        Optional<StoreAddress> address = StoreAddress.of(socket.getQueryString());
        if (address.isPresent()
                && dialect.serves(Transport.WS)
                && dialect.admits(address.get().store())) {
            session = stores.open(
                    socket,
                    address.get(),
                    forwardedHeaders.of(
                            HandshakeHeaders.take(config), dialect.settings().forwardedHeaders()));
        } else {
            sessions.refuse(socket);
        }
    }

    @OnMessage
    public void onText(Session socket, String part, boolean last) {
        StoreSession mine = session;
        if (mine != null) {
            messages.add(mine.connection(), part, last).ifPresent(message -> stores.received(mine, message));
        }
    }

    @OnMessage
    public void onBytes(Session socket, byte[] part, boolean last) {
        StoreSession mine = session;
        if (mine == null) {
            return;
        }
        // One character for each byte, until the message is complete.
        messages.add(mine.connection(), new String(part, StandardCharsets.ISO_8859_1), last)
                .ifPresent(message -> receivedBytes(mine, message.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void receivedBytes(StoreSession mine, byte[] message) {
        try {
            stores.received(
                    mine,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(message))
                            .toString());
        } catch (CharacterCodingException noText) {
            mine.connection().close(CloseCodes.NOT_CONSISTENT.getCode(), "a binary message is not UTF-8");
        }
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
        sessions.failed(socket, cause);
    }
}
