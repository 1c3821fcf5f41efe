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
 * Has requests come to a thread with their bodies. A servlet waits for a body on one of few threads, 16 for each
 * processor, before it is known who sends it; and even if nobody reads it, for the server reads the rest before it ends a
 * request. Here it arrives on the I/O thread of its connection, and all that stands behind finds it there.
 */
final class BodyBufferingHandler implements HttpHandler {
    /**
     * How long a body may take to arrive, besides what a slow line needs for it. A later one is answered 408, and its
     * connection ended.
     */
    static final Duration ARRIVAL_MAX = Duration.ofSeconds(30);

    /** What is told to whom nobody has room for now. */
    private static final Duration SEND_AGAIN_AFTER = Duration.ofSeconds(1);

    /** How long a large body waits for its room. After it, it is answered 503. */
    static final Duration ROOM_WAIT_MAX = Duration.ofSeconds(20);

    /** How often a large body that waits asks for its room. */
    private static final Duration ROOM_ASKED_EVERY = Duration.ofMillis(100);

    /** Largest body that is read where bodies may not be large. A larger one is answered 400, unread. */
    private static final long SENT_BYTES_MAX = 10L * 1024 * 1024;

    private final HttpHandler servlets;
    private final ToLongFunction<String> limits;
    private final RequestBodyBudget requestBodyBudget;
    private final LargeBodyBudget largeBodies;
    private final Duration arrivalMax;

    /** @param limits most bytes that are collected of a body, by its path below the context root */
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
            large(exchange);
        }
    }

    /** Dialects refuse it, an application may want it: whoever it is for reads it, on a thread that waits for it. */
    private void large(HttpServerExchange exchange) throws Exception {
        if (requestBodyBudget.tryAcquireLarge()) {
            exchange.addExchangeCompleteListener((ended, others) -> {
                requestBodyBudget.releaseLarge();
                others.proceed();
            });
            servlets.handleRequest(exchange);
        } else {
            busy(exchange);
        }
    }

    /** What is still to come is let pass, by no thread. */
    private static void busy(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.RETRY_AFTER, SEND_AGAIN_AFTER.toSeconds());
        text(exchange, StatusCodes.SERVICE_UNAVAILABLE).send("The server has too much to read now; send it again");
    }

    private static void late(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        exchange.getResponseHeaders().put(Headers.CONNECTION, "close");
        text(exchange, StatusCodes.REQUEST_TIME_OUT)
                .send("The body did not arrive in time; send it again", new IoCallback() {
                    @Override
                    public void onComplete(HttpServerExchange told, Sender sender) {
                        IoUtils.safeClose(told.getConnection()); // its end would wait for the body's
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
        exchange.getResponseChannel(); // else the server sends a page of its own
        Connectors.terminateRequest(exchange);
        exchange.endExchange();
    }

    private static Sender text(HttpServerExchange exchange, int status) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain;charset=UTF-8");
        return exchange.getResponseSender();
    }

    /** A request that waits for its body. Once it waits, it is on its connection's I/O thread only. */
    private final class PendingRequest {
        private final HttpServerExchange exchange;
        private final StreamSourceChannel channel;
        private final long bytesMax;
        private final long beganNanos = System.nanoTime();
        private LargeBodyBudget.@Nullable Reservation largePlace;
        private @Nullable BodyCollector body;
        private boolean ended;
        private XnioExecutor.@Nullable Key looking;

        PendingRequest(HttpServerExchange exchange, long bytesMax) {
            this.exchange = exchange;
            this.bytesMax = bytesMax;
            channel = exchange.getRequestChannel();
        }

        void begin() throws Exception {
            body = arriving(requestBodyBudget.reserve(this::evict), PlainJson.BODY_BYTES_MAX);
            Outcome found = read(body);
            if (found == Outcome.A_PART) {
                awaitMore(body);
            } else {
                complete(found).handleRequest(exchange);
            }
        }

        /** It takes its room first, or waits for it by no thread. */
        void beginLarge() {
            LargeBodyBudget.Reservation reservation = largePlace(exchange.getRequestContentLength());
            exchange.dispatch(SameThreadExecutor.INSTANCE, () -> admit(reservation));
        }

        private LargeBodyBudget.Reservation largePlace(long bytes) {
            LargeBodyBudget.Reservation reservation = largeBodies.place(Math.min(bytes, bytesMax), this::evict);
            largePlace = reservation;
            return reservation;
        }

        private void admit(LargeBodyBudget.Reservation reservation) {
            if (reservation.tryEnter()) {
                BodyCollector large = arriving(reservation, bytesMax);
                body = large;
                Outcome found = read(large);
                if (found == Outcome.A_PART) {
                    awaitMore(large);
                } else {
                    resume(found);
                }
            } else if (System.nanoTime() - beganNanos > ROOM_WAIT_MAX.toNanos()) {
                resume(Outcome.NO_ROOM);
            } else {
                looking = exchange.getIoThread()
                        .executeAfter(() -> admit(reservation), ROOM_ASKED_EVERY.toNanos(), TimeUnit.NANOSECONDS);
            }
        }

        private BodyCollector arriving(BodyReservation room, long most) {
            return new BodyCollector(channel, room, most, arrivalMax, System::nanoTime);
        }

        private void evict() {
            exchange.getIoThread().execute(() -> resume(Outcome.NO_ROOM));
        }

        private void awaitMore(BodyCollector arriving) {
            scheduleCheck(arriving, arriving.leftNanos());
            channel.getReadSetter().set(readable -> resume(read(arriving)));
            channel.resumeReads();
        }

        private Outcome read(BodyCollector arriving) {
            try (PooledByteBuffer buffer =
                    exchange.getConnection().getByteBufferPool().allocate()) {
                Outcome found = arriving.read(buffer.getBuffer());
                if (found == Outcome.TOO_LARGE && bytesMax > PlainJson.BODY_BYTES_MAX && largePlace == null) {
                    // It did not say how long it is.
                    LargeBodyBudget.Reservation reservation = largePlace(bytesMax);
                    if (!reservation.tryEnter()) {
                        return Outcome.NO_ROOM;
                    }
                    arriving.moveTo(reservation, bytesMax);
                    return arriving.read(buffer.getBuffer());
                }
                return found;
            }
        }

        private void resume(Outcome found) {
            if (found != Outcome.A_PART && !ended) {
                channel.getReadSetter().set(null);
                channel.suspendReads();
                Connectors.executeRootHandler(complete(found), exchange);
            }
        }

        private void checkProgress(BodyCollector arriving) {
            long leftNanos = arriving.leftNanos();
            if (leftNanos <= 0) {
                resume(Outcome.NOT_IN_TIME);
            } else if (!ended) {
                scheduleCheck(arriving, leftNanos);
            }
        }

        private void scheduleCheck(BodyCollector arriving, long nanos) {
            looking = exchange.getIoThread().executeAfter(() -> checkProgress(arriving), nanos, TimeUnit.NANOSECONDS);
        }

        /** Who has the request from here. */
        private HttpHandler complete(Outcome found) {
            ended = true;
            if (looking != null) {
                looking.remove();
            }
            if (body != null && (found == Outcome.ALL || found == Outcome.TOO_LARGE)) {
                putBack(body);
            } else {
                release();
            }
            return switch (found) {
                case ALL -> servlets;
                case TOO_LARGE -> BodyBufferingHandler.this::large;
                case NO_ROOM -> BodyBufferingHandler::busy;
                case NOT_IN_TIME -> BodyBufferingHandler::late;
                case A_PART, NO_CLIENT -> HttpServerExchange::endExchange;
            };
        }

        private void release() {
            if (body != null) {
                body.release();
            }
            if (largePlace != null) {
                largePlace.release();
            }
        }

        /** Lets whoever reads the body find what was collected. It is held as long as the request is worked on. */
        private void putBack(BodyCollector arrived) {
            exchange.addExchangeCompleteListener((done, others) -> {
                release();
                others.proceed();
            });
            PooledByteBuffer[] collected = arrived.taken().stream()
                    .map(part -> new ImmediatePooledByteBuffer(ByteBuffer.wrap(part)))
                    .toArray(PooledByteBuffer[]::new);
            if (collected.length > 0) {
                Connectors.ungetRequestBytes(exchange, collected);
            }
            Connectors.resetRequestChannel(exchange);
        }
    }
}
