package dev.lockstep.wire.socket;

import dev.lockstep.wire.http.Undertow;
import io.undertow.websockets.jsr.UndertowSession;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/** Chooses how a socket is written. The only class that names both ways, so it must load where one is missing. */
public final class SocketWriters {
    private final SocketSettings settings;
    private final Executor executor;
    private final boolean hasUndertow = Undertow.has("io.undertow.websockets.jsr.UndertowSession");
    private final ConcurrentMap<Executor, IoThreadWriteQueue> turns = new ConcurrentHashMap<>();

    /** @param executor where sockets are written that have no I/O thread of their own to be written on */
    SocketWriters(SocketSettings settings, Executor executor) {
        this.settings = settings;
        this.executor = executor;
    }

    SocketWriter of(Session socket) {
        return switch (settings.writer()) {
            case JAKARTA -> new JakartaSocketWriter(socket, executor);
            case UNDERTOW -> OnUndertow.writer(socket, turns, settings.writeCoalescing());
            case AUTO ->
                hasUndertow && OnUndertow.supports(socket)
                        ? OnUndertow.writer(socket, turns, settings.writeCoalescing())
                        : new JakartaSocketWriter(socket, executor);
        };
    }

    /** Loaded by its first use, which is where Undertow is. */
    private static final class OnUndertow {
        static boolean supports(Session socket) {
            return socket instanceof UndertowSession;
        }

        static SocketWriter writer(Session socket, ConcurrentMap<Executor, IoThreadWriteQueue> turns, Duration pace) {
            return new UndertowSocketWriter((UndertowSession) socket, turns, pace);
        }
    }
}
