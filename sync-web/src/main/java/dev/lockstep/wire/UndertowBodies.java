package dev.lockstep.wire;

import dev.lockstep.load.Intake;
import dev.lockstep.wire.ArrivingBody.Found;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.ImmediatePooledByteBuffer;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * Has requests come to a thread with their bodies. A servlet waits for a body on one of few threads, 16 for each
 * processor, before it is known who sends it; and even if nobody reads it, for the server reads the rest before it ends a
 * request. Here it arrives on the I/O thread of its connection, and all that stands behind finds it there.
 */
final class UndertowBodies implements HttpHandler {
    /**
     * How long a body may take to arrive, besides what a slow line needs for it. A later one is answered 408, and its
     * connection ended.
     */
    static final Duration ARRIVAL_MAX = Duration.ofSeconds(30);

    /** What is told to whom nobody has room for now. */
    private static final Duration SEND_AGAIN_AFTER = Duration.ofSeconds(1);

    private final HttpHandler servlets;
    private final Intake intake;
    private final Duration arrivalMax;

    UndertowBodies(HttpHandler servlets, Intake intake, Duration arrivalMax) {
        this.servlets = servlets;
        this.intake = intake;
        this.arrivalMax = arrivalMax;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (exchange.isRequestComplete()) {
            servlets.handleRequest(exchange);
        } else if (exchange.getRequestContentLength() > PlainJson.BODY_BYTES_MAX) {
            large(exchange);
        } else {
            new Arrival(exchange).begin();
        }
    }

    /** Dialects refuse it, an application may want it: whoever it is for reads it, on a thread that waits for it. */
    private void large(HttpServerExchange exchange) throws Exception {
        if (intake.takeLarge()) {
            exchange.addExchangeCompleteListener((ended, others) -> {
                intake.giveBackLarge();
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

    private static Sender text(HttpServerExchange exchange, int status) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain;charset=UTF-8");
        return exchange.getResponseSender();
    }

    /** A request that waits for its body. Once it waits, it is on its connection's I/O thread only. */
    private final class Arrival {
        private final HttpServerExchange exchange;
        private final StreamSourceChannel channel;
        private final ArrivingBody body;
        private boolean ended;
        private XnioExecutor.@Nullable Key looking;

        Arrival(HttpServerExchange exchange) {
            this.exchange = exchange;
            channel = exchange.getRequestChannel();
            Intake.Place place = intake.enter(() -> exchange.getIoThread().execute(() -> goOn(Found.NO_ROOM)));
            body = new ArrivingBody(channel, place, arrivalMax, System::nanoTime);
        }

        void begin() throws Exception {
            Found found = read();
            if (found == Found.A_PART) {
                lookAfter(body.leftNanos());
                channel.getReadSetter().set(readable -> goOn(read()));
                channel.resumeReads();
            } else {
                end(found).handleRequest(exchange);
            }
        }

        private Found read() {
            try (PooledByteBuffer buffer =
                    exchange.getConnection().getByteBufferPool().allocate()) {
                return body.read(buffer.getBuffer());
            }
        }

        private void goOn(Found found) {
            if (found != Found.A_PART && !ended) {
                channel.getReadSetter().set(null);
                channel.suspendReads();
                Connectors.executeRootHandler(end(found), exchange);
            }
        }

        private void look() {
            long leftNanos = body.leftNanos();
            if (leftNanos <= 0) {
                goOn(Found.NOT_IN_TIME);
            } else if (!ended) {
                lookAfter(leftNanos);
            }
        }

        private void lookAfter(long nanos) {
            looking = exchange.getIoThread().executeAfter(this::look, nanos, TimeUnit.NANOSECONDS);
        }

        /** Who has the request from here. */
        private HttpHandler end(Found found) {
            ended = true;
            if (looking != null) {
                looking.remove();
            }
            if (found == Found.ALL || found == Found.TOO_LARGE) {
                putBack();
            } else {
                body.letGo();
            }
            return switch (found) {
                case ALL -> servlets;
                case TOO_LARGE -> UndertowBodies.this::large;
                case NO_ROOM -> UndertowBodies::busy;
                case NOT_IN_TIME -> UndertowBodies::late;
                case A_PART, NO_CLIENT -> HttpServerExchange::endExchange;
            };
        }

        /** Lets whoever reads the body find what was collected. It is held as long as the request is worked on. */
        private void putBack() {
            exchange.addExchangeCompleteListener((done, others) -> {
                body.letGo();
                others.proceed();
            });
            byte[] collected = body.taken();
            if (collected.length > 0) {
                Connectors.ungetRequestBytes(exchange, new ImmediatePooledByteBuffer(ByteBuffer.wrap(collected)));
            }
            Connectors.resetRequestChannel(exchange);
        }
    }
}
