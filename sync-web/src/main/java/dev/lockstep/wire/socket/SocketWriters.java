package dev.lockstep.wire.socket;

import dev.lockstep.wire.http.Undertow;
import io.undertow.websockets.jsr.UndertowSession;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/** Chooses the writer of a socket. The only class that names both writers, so it must load where Undertow is missing. */
public final class SocketWriters {
    private final SocketSettings settings;
    private final Executor executor;
    private final boolean hasUndertow = Undertow.has("io.undertow.websockets.jsr.UndertowSession");
    private final ConcurrentMap<Executor, IoThreadWriteQueue> queues = new ConcurrentHashMap<>();

    /** @param executor runs the writes of sockets without an I/O thread of their own */
    SocketWriters(SocketSettings settings, Executor executor) {
        this.settings = settings;
        this.executor = executor;
    }

    SocketWriter of(Session socket) {
        return switch (settings.writer()) {
            case JAKARTA -> new JakartaSocketWriter(socket, executor);
            case UNDERTOW -> OnUndertow.writer(socket, queues, settings.writeCoalescing());
            case AUTO ->
                hasUndertow && OnUndertow.supports(socket)
                        ? OnUndertow.writer(socket, queues, settings.writeCoalescing())
                        : new JakartaSocketWriter(socket, executor);
        };
    }

    /** Loaded only where the server is Undertow. */
    private static final class OnUndertow {
        static boolean supports(Session socket) {
            return socket instanceof UndertowSession;
        }

        static SocketWriter writer(
                Session socket, ConcurrentMap<Executor, IoThreadWriteQueue> queues, Duration coalescing) {
            return new UndertowSocketWriter((UndertowSession) socket, queues, coalescing);
        }
    }
}
