package dev.lockstep.wire.socket.writer;

import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.wire.http.Undertow;
import dev.lockstep.wire.socket.SocketWriter;
import io.undertow.websockets.jsr.UndertowSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.config.ConfigProvider;

/** The only class that names both writers, so it must load where Undertow is missing. Thread-safe. */
@ApplicationScoped
class SocketWriters implements SocketWriter.Factory {
    private final SocketSettings settings = SocketSettings.of(ConfigProvider.getConfig());
    private final boolean hasUndertow = Undertow.has("io.undertow.websockets.jsr.UndertowSession");
    private final ConcurrentMap<Executor, IoThreadWriteQueue> queues = new ConcurrentHashMap<>();

    /** Runs the writes of sockets without an I/O thread of their own. */
    @Inject
    private EngineExecutor executor;

    @Override
    public SocketWriter of(Session socket) {
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
