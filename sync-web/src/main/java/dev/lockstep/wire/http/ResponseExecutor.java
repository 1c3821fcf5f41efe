package dev.lockstep.wire.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.spec.AsyncContextImpl;
import jakarta.servlet.AsyncContext;
import java.util.concurrent.Executor;
import org.xnio.XnioIoThread;

/**
 * Where an answer that comes later is sent. On Undertow that is the I/O thread of its connection: a request that ends on
 * another one is handed to a worker first, and its connection's next request, which often is there by then, has the I/O
 * thread spin until that worker runs again (10 to 20 % of the server's CPU at 32 connections). So what is run must not
 * block. Elsewhere it is a thread of the engine's, never the one that has the answer, which may be the publisher's.
 */
public final class ResponseExecutor {
    private static final boolean IS_ON_UNDERTOW = Undertow.has("io.undertow.servlet.spec.AsyncContextImpl");

    private ResponseExecutor() {}

    /**
     * Called by the request's own thread, once it is asynchronous.
     *
     * @param elsewhere where it is sent if not on an I/O thread; it may block there
     */
    public static Executor of(AsyncContext async, Executor elsewhere) {
        return IS_ON_UNDERTOW ? OnUndertow.of(async, elsewhere) : elsewhere;
    }

    /** Loaded by its first use, which is where Undertow is. */
    private static final class OnUndertow {
        static Executor of(AsyncContext async, Executor elsewhere) {
            if (!(async instanceof AsyncContextImpl request)) {
                return elsewhere;
            }
            HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
            if (!exchange.isRequestComplete()) { // what is left of its body is read at its end, which blocks
                return elsewhere;
            }
            XnioIoThread connections = exchange.getIoThread();
            // Not before the request's own thread has let go of it; the one that ends it would be ahead of it.
            return task -> {
                if (request.isInitialRequestDone()) {
                    connections.execute(task);
                } else {
                    elsewhere.execute(task);
                }
            };
        }
    }
}
