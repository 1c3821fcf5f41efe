package dev.lockstep.wire.http;

import dev.lockstep.admission.BodyReservation;
import dev.lockstep.admission.LargeBodyBudget;
import dev.lockstep.admission.RequestBodyBudget;
import dev.lockstep.wire.http.BodyCollector.Outcome;
import dev.lockstep.wire.json.PlainJson;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.ImmediatePooledByteBuffer;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * Undertow handler that buffers a request's body on the connection's I/O thread, and passes the request on when the body is
 * complete. A servlet would block for the body on one of few worker threads, 16 for each processor, before the caller is
 * known. It would block even if no code reads the body, because the server reads the rest before it ends a request.
 */
final class BodyBufferingHandler implements HttpHandler {
    /**
     * Longest time for a body to arrive, in addition to the allowance for a slow line. A later body is answered 408, and its
     * connection closed.
     */
    static final Duration ARRIVAL_MAX = Duration.ofSeconds(30);

    /** {@code Retry-After} of the 503 for a body over the budget. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Longest wait of a large body for its budget. After it, the request is answered 503. */
    static final Duration BUDGET_WAIT_MAX = Duration.ofSeconds(20);

    /** Pause between two attempts of a large body to enter the budget. */
    private static final Duration BUDGET_RETRY_PAUSE = Duration.ofMillis(100);

    /** Largest body on paths without large bodies. A larger one is answered 400, unread. */
    private static final long SENT_BYTES_MAX = 10L * 1024 * 1024;

    private final HttpHandler servlets;
    private final ToLongFunction<String> limits;
    private final RequestBodyBudget requestBodyBudget;
    private final LargeBodyBudget largeBodies;
    private final Duration arrivalMax;

    /** @param limits most bytes that are buffered of a body, by its path below the context root */
    BodyBufferingHandler(
            HttpHandler servlets,
            ToLongFunction<String> limits,
            RequestBodyBudget requestBodyBudget,
            LargeBodyBudget largeBodies,
            Duration arrivalMax) {
        this.servlets = servlets;
        this.limits = limits;
        this.requestBodyBudget = requestBodyBudget;
        this.largeBodies = largeBodies;
        this.arrivalMax = arrivalMax;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (exchange.isRequestComplete()) {
            servlets.handleRequest(exchange);
            return;
        }
        long bytesMax = limits.applyAsLong(exchange.getRelativePath());
        boolean mayBeLarge = bytesMax > PlainJson.BODY_BYTES_MAX;
        if (!mayBeLarge && (exchange.getMaxEntitySize() <= 0 || exchange.getMaxEntitySize() > SENT_BYTES_MAX)) {
            exchange.setMaxEntitySize(SENT_BYTES_MAX);
        }
        if (exchange.getRequestContentLength() <= PlainJson.BODY_BYTES_MAX) {
            new PendingRequest(exchange, bytesMax).begin();
        } else if (mayBeLarge) {
            new PendingRequest(exchange, bytesMax).beginLarge();
        } else if (exchange.getRequestContentLength() > SENT_BYTES_MAX) {
            endUnread(exchange);
        } else {
            passLarge(exchange);
        }
    }

    /** The endpoint reads the body on a worker thread: dialects refuse such a body, an application may accept it. */
    private void passLarge(HttpServerExchange exchange) throws Exception {
        if (requestBodyBudget.tryAcquireLarge()) {
            exchange.addExchangeCompleteListener((ended, others) -> {
                requestBodyBudget.releaseLarge();
                others.proceed();
            });
            servlets.handleRequest(exchange);
        } else {
            overBudget(exchange);
        }
    }

    /** The rest of the body is discarded without a worker thread. */
    private static void overBudget(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_AFTER.toSeconds());
        text(exchange, StatusCodes.SERVICE_UNAVAILABLE)
                .send("The server has too many request bodies in progress; send the request again");
    }

    private static void timedOut(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        exchange.getResponseHeaders().put(Headers.CONNECTION, "close");
        text(exchange, StatusCodes.REQUEST_TIME_OUT)
                .send("The body did not arrive in time; send the request again", new IoCallback() {
                    @Override
                    public void onComplete(HttpServerExchange sent, Sender sender) {
                        IoUtils.safeClose(sent.getConnection()); // an orderly end would wait for the body
                    }

                    @Override
                    public void onException(HttpServerExchange gone, Sender sender, IOException e) {
                        IoUtils.safeClose(gone.getConnection());
                    }
                });
    }

    private static void endUnread(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        exchange.setStatusCode(StatusCodes.BAD_REQUEST);
        exchange.setResponseContentLength(0);
        exchange.getResponseChannel(); // else the server sends its own error page
        Connectors.terminateRequest(exchange);
        exchange.endExchange();
    }

    private static Sender text(HttpServerExchange exchange, int status) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain;charset=UTF-8");
        return exchange.getResponseSender();
    }

    /** A request that waits for its body. While it waits, only its connection's I/O thread uses it. */
    private final class PendingRequest {
        private final HttpServerExchange exchange;
        private final StreamSourceChannel channel;
        private final long bytesMax;
        private final long startNanos = System.nanoTime();
        private LargeBodyBudget.@Nullable Reservation largeReservation;
        private @Nullable BodyCollector body;
        private boolean ended;
        private XnioExecutor.@Nullable Key check;

        PendingRequest(HttpServerExchange exchange, long bytesMax) {
            this.exchange = exchange;
            this.bytesMax = bytesMax;
            channel = exchange.getRequestChannel();
        }

        void begin() throws Exception {
            body = collector(requestBodyBudget.reserve(this::evict), PlainJson.BODY_BYTES_MAX);
            Outcome outcome = read(body);
            if (outcome == Outcome.INCOMPLETE) {
                awaitMore(body);
            } else {
                complete(outcome).handleRequest(exchange);
            }
        }

        /** Reserves the budget before the body arrives, or waits for it without a thread. */
        void beginLarge() {
            LargeBodyBudget.Reservation reservation = reserveLarge(exchange.getRequestContentLength());
            exchange.dispatch(SameThreadExecutor.INSTANCE, () -> admit(reservation));
        }

        private LargeBodyBudget.Reservation reserveLarge(long bytes) {
            LargeBodyBudget.Reservation reservation = largeBodies.place(Math.min(bytes, bytesMax), this::evict);
            largeReservation = reservation;
            return reservation;
        }

        private void admit(LargeBodyBudget.Reservation reservation) {
            if (reservation.tryEnter()) {
                BodyCollector large = collector(reservation, bytesMax);
                body = large;
                Outcome outcome = read(large);
                if (outcome == Outcome.INCOMPLETE) {
                    awaitMore(large);
                } else {
                    resume(outcome);
                }
            } else if (System.nanoTime() - startNanos > BUDGET_WAIT_MAX.toNanos()) {
                resume(Outcome.OVER_BUDGET);
            } else {
                check = exchange.getIoThread()
                        .executeAfter(() -> admit(reservation), BUDGET_RETRY_PAUSE.toNanos(), TimeUnit.NANOSECONDS);
            }
        }

        private BodyCollector collector(BodyReservation reservation, long limit) {
            return new BodyCollector(channel, reservation, limit, arrivalMax, System::nanoTime);
        }

        private void evict() {
            exchange.getIoThread().execute(() -> resume(Outcome.OVER_BUDGET));
        }

        private void awaitMore(BodyCollector collector) {
            scheduleCheck(collector, collector.leftNanos());
            channel.getReadSetter().set(readable -> resume(read(collector)));
            channel.resumeReads();
        }

        private Outcome read(BodyCollector collector) {
            try (PooledByteBuffer buffer =
                    exchange.getConnection().getByteBufferPool().allocate()) {
                Outcome outcome = collector.read(buffer.getBuffer());
                if (outcome == Outcome.TOO_LARGE && bytesMax > PlainJson.BODY_BYTES_MAX && largeReservation == null) {
                    // The request has no Content-Length.
                    LargeBodyBudget.Reservation reservation = reserveLarge(bytesMax);
                    if (!reservation.tryEnter()) {
                        return Outcome.OVER_BUDGET;
                    }
                    collector.moveTo(reservation, bytesMax);
                    return collector.read(buffer.getBuffer());
                }
                return outcome;
            }
        }

        private void resume(Outcome outcome) {
            if (outcome != Outcome.INCOMPLETE && !ended) {
                channel.getReadSetter().set(null);
                channel.suspendReads();
                Connectors.executeRootHandler(complete(outcome), exchange);
            }
        }

        private void checkProgress(BodyCollector collector) {
            long leftNanos = collector.leftNanos();
            if (leftNanos <= 0) {
                resume(Outcome.TIMED_OUT);
            } else if (!ended) {
                scheduleCheck(collector, leftNanos);
            }
        }

        private void scheduleCheck(BodyCollector collector, long nanos) {
            check = exchange.getIoThread().executeAfter(() -> checkProgress(collector), nanos, TimeUnit.NANOSECONDS);
        }

        /** The handler that continues the request. */
        private HttpHandler complete(Outcome outcome) {
            ended = true;
            if (check != null) {
                check.remove();
            }
            if (body != null && (outcome == Outcome.COMPLETE || outcome == Outcome.TOO_LARGE)) {
                putBack(body);
            } else {
                release();
            }
            return switch (outcome) {
                case COMPLETE -> servlets;
                case TOO_LARGE -> BodyBufferingHandler.this::passLarge;
                case OVER_BUDGET -> BodyBufferingHandler::overBudget;
                case TIMED_OUT -> BodyBufferingHandler::timedOut;
                case INCOMPLETE, CLIENT_GONE -> HttpServerExchange::endExchange;
            };
        }

        private void release() {
            if (body != null) {
                body.release();
            }
            if (largeReservation != null) {
                largeReservation.release();
            }
        }

        /** Returns the buffered bytes to the request channel. Their reservation lasts until the request is complete. */
        private void putBack(BodyCollector complete) {
            exchange.addExchangeCompleteListener((done, others) -> {
                release();
                others.proceed();
            });
            PooledByteBuffer[] collected = complete.takeAll().stream()
                    .map(part -> new ImmediatePooledByteBuffer(ByteBuffer.wrap(part)))
                    .toArray(PooledByteBuffer[]::new);
            if (collected.length > 0) {
                Connectors.ungetRequestBytes(exchange, collected);
            }
            Connectors.resetRequestChannel(exchange);
        }
    }
}
