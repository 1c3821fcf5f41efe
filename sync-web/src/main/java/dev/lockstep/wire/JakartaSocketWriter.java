package dev.lockstep.wire;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/** Writes through the portable Jakarta WebSocket API. */
final class JakartaSocketWriter implements SocketWriter {
    private static final Logger LOG = System.getLogger(JakartaSocketWriter.class.getName());

    private final Session session;

    JakartaSocketWriter(Session session) {
        this.session = session;
    }

    @Override
    public void send(Frame frame, Consumer<Boolean> done) {
        try {
            session.getAsyncRemote().sendText(frame.text(), result -> done.accept(result.isOK()));
        } catch (IllegalStateException | IllegalArgumentException closed) {
            done.accept(false); // the session ended between the look and the send
        }
    }

    @Override
    public void close(int code, String reason) {
        try {
            session.close(new CloseReason(CloseCodes.getCloseCode(code), reason));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "session={0} was closed already", session.getId());
        }
    }
}
