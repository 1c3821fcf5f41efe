package dev.lockstep.wire.socket.writer;

import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.SocketWriter;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Writes through the portable Jakarta WebSocket API, which encodes each frame anew for each session. */
final class JakartaSocketWriter implements SocketWriter {
    private static final Logger LOG = System.getLogger(JakartaSocketWriter.class.getName());

    private final Session session;
    private final Executor executor;

    /** @param executor runs writes: a send may block, and the publisher must not */
    JakartaSocketWriter(Session session, Executor executor) {
        this.session = session;
        this.executor = executor;
    }

    @Override
    public void write(Runnable write) {
        executor.execute(write);
    }

    @Override
    public void flushNow() {
        // no write is delayed
    }

    @Override
    public void send(List<Frame> frames, Consumer<Boolean> done) {
        Frame first = frames.getFirst();
        List<Frame> rest = frames.subList(1, frames.size());
        try {
            session.getAsyncRemote().sendText(first.text(), result -> {
                if (result.isOK() && !rest.isEmpty()) {
                    send(rest, done); // as deep as the frames of one write
                } else {
                    done.accept(result.isOK());
                }
            });
        } catch (IllegalStateException | IllegalArgumentException closed) {
            done.accept(false); // the session was closed meanwhile
        }
    }

    @Override
    public void ping(Consumer<Boolean> done) {
        boolean left;
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
            left = true;
        } catch (IOException | IllegalStateException | IllegalArgumentException closed) {
            left = false;
        }
        done.accept(left);
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
