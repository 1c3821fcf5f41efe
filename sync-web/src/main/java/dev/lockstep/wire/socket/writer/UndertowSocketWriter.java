package dev.lockstep.wire.socket.writer;

import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.SocketWriter;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.jsr.UndertowSession;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xnio.IoUtils;
import org.xnio.XnioIoThread;

/**
 * Writes through Undertow's own API: all sessions share a frame's bytes, and frames that wait leave in one write. Loaded
 * only where the server is Undertow.
 */
final class UndertowSocketWriter implements SocketWriter {
    /** Longest time for a client to answer a close frame. After it the TCP connection is closed. */
    private static final Duration CLOSE_ANSWER_MAX = Duration.ofSeconds(5);

    private static final Logger LOG = System.getLogger(UndertowSocketWriter.class.getName());

    private final UndertowSession session;
    private final WebSocketChannel channel;
    private final WriteCoalescer coalescer;

    /** @param byThread the queue of each I/O thread so far */
    UndertowSocketWriter(
            UndertowSession session, ConcurrentMap<Executor, IoThreadWriteQueue> byThread, Duration coalescing) {
        this.session = session;
        channel = session.getWebSocketChannel();
        XnioIoThread thread = channel.getIoThread();
        coalescer = new WriteCoalescer(
                byThread.computeIfAbsent(
                        thread,
                        first -> new IoThreadWriteQueue(
                                first,
                                (task, nanos) -> thread.executeAfter(task, nanos, TimeUnit.NANOSECONDS),
                                System::nanoTime)),
                coalescing,
                System::nanoTime);
    }

    @Override
    public void write(Runnable write) {
        coalescer.add(write);
    }

    @Override
    public void flushNow() {
        coalescer.flushNow();
    }

    @Override
    public void send(List<Frame> frames, Consumer<Boolean> done) {
        coalescer.recordWrite();
        int last = frames.size() - 1;
        if (last > 0) {
            // Frames before the last one are only queued. Other frames that are queued meanwhile leave with the last
            // one, too.
            channel.setRequireExplicitFlush(true);
            for (Frame frame : frames.subList(0, last)) {
                WebSockets.sendText(frame.bytes(), channel, null);
            }
            channel.setRequireExplicitFlush(false);
        }
        WebSockets.sendText(frames.get(last).bytes(), channel, new Sent(done));
    }

    @Override
    public void ping(Consumer<Boolean> done) {
        WebSockets.sendPing(ByteBuffer.allocate(0), channel, new Sent(done));
    }

    private record Sent(Consumer<Boolean> done) implements WebSocketCallback<Void> {
        @Override
        public void complete(WebSocketChannel to, Void nothing) {
            done.accept(true);
        }

        @Override
        public void onError(WebSocketChannel to, Void nothing, Throwable cause) {
            done.accept(false);
        }
    }

    @Override
    public void close(int code, String reason) {
        // A client that is gone, or does not read, would keep its connection until TCP times out.
        var unused = channel.getIoThread()
                .executeAfter(() -> IoUtils.safeClose(channel), CLOSE_ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        try {
            session.close(new CloseReason(CloseCodes.getCloseCode(code), reason));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "session={0} was closed already", session.getId());
        }
    }
}
