package dev.lockstep.wire.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.spec.AsyncContextImpl;
import jakarta.servlet.AsyncContext;
import java.util.concurrent.Executor;
import org.xnio.XnioIoThread;

/**
 * Executor that sends asynchronous responses. On Undertow it is the I/O thread of the connection, so its tasks must not
 * block. A request that ended on another thread would go through a worker first; meanwhile the connection's next request,
 * which has often arrived by then, makes the I/O thread spin (10 to 20 % of the server's CPU at 32 connections). On other
 * servers it is an engine thread, never the thread that completes the response, which may be the publisher.
 */
final class ResponseExecutor {
    private static final boolean IS_ON_UNDERTOW = Undertow.has("io.undertow.servlet.spec.AsyncContextImpl");

    private ResponseExecutor() {}

    /**
     * The executor of a request. The request's own thread calls this after it has made the request asynchronous.
     *
     * @param elsewhere the executor for responses that are not sent on an I/O thread; tasks may block there
     */
    public static Executor of(AsyncContext async, Executor elsewhere) {
        return IS_ON_UNDERTOW ? OnUndertow.of(async, elsewhere) : elsewhere;
    }

    /** Loaded with its first use, so only on Undertow. */
    private static final class OnUndertow {
        static Executor of(AsyncContext async, Executor elsewhere) {
            if (!(async instanceof AsyncContextImpl request)) {
                return elsewhere;
            }
            HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
            if (!exchange.isRequestComplete()) { // the end of the request reads the rest of the body, which blocks
                return elsewhere;
            }
            XnioIoThread connections = exchange.getIoThread();
            // Until the request's own thread has released the request, the I/O thread must not end it.
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
