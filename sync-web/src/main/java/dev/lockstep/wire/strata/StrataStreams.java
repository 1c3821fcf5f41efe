package dev.lockstep.wire.strata;

import dev.lockstep.access.GroupRooms.Entered;
import dev.lockstep.access.RoomSnapshots;
import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.AcceptEncoding;
import dev.lockstep.wire.PageAccess;
import dev.lockstep.wire.ServedApplication;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the contract that answer with many rows, sections 1.1 and 1.2. They are read and set aside, then sent
 * without a thread: a JAX-RS answer would keep one for as long as its client takes.
 */
@WebServlet(
        urlPatterns = {StrataStreams.BOOTSTRAP, StrataStreams.BATCH},
        asyncSupported = true)
public class StrataStreams extends HttpServlet {
    static final String BOOTSTRAP = "/sync/bootstrap";
    static final String BATCH = "/sync/batch";

    /** When a client asks again that was refused for now, in its header. */
    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(5);

    /**
     * How often rows are read anew because their caller's groups have changed meanwhile, or because it is not known yet
     * that they have. Once more, and he is asked to come again.
     */
    private static final int READ_ANEW_MAX = 20;

    /** When they are: what another node has changed is known a quarter of a second later at most. */
    private static final Duration READ_ANEW_AFTER = Duration.ofMillis(50);

    private static final int TOO_MANY_REQUESTS = 429; // RFC 6585, section 4

    private static final Logger LOG = System.getLogger(StrataStreams.class.getName());

    @Inject
    private transient StrataDialect dialect;

    @Inject
    private transient StrataCallers callers;

    @Inject
    private transient ServedApplication application;

    @Inject
    private transient RoomSnapshots snapshots;

    @Inject
    private transient PageAccess pages;

    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    private transient ManagedScheduledExecutorService scheduler;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!dialect.isSpoken()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        try {
            if (request.getMethod().equals("OPTIONS")) {
                allow(request, response);
            } else {
                name(request, response);
                stream(request, response);
            }
        } catch (RuntimeException e) {
            refuse(request, response, e);
        }
    }

    private void allow(HttpServletRequest request, HttpServletResponse response) {
        pages.allowance(request.getHeader(StrataOrigins.ORIGIN), request.getHeader(StrataOrigins.WANTED_HEADERS))
                .orElseThrow(() -> noRoute(request))
                .forEach(response::setHeader);
        name(request, response);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** The page that may read the answer. */
    private void name(HttpServletRequest request, HttpServletResponse response) {
        if (pages.matters()) {
            response.addHeader("Vary", StrataOrigins.ORIGIN);
            String origin = request.getHeader(StrataOrigins.ORIGIN);
            if (pages.mayRead(origin)) {
                response.setHeader(StrataOrigins.ALLOWED, origin);
            }
        }
    }

    private static StrataRefused noRoute(HttpServletRequest request) {
        return StrataRefused.noRoute(request.getMethod(), request.getServletPath());
    }

    private void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean gzip = AcceptEncoding.hasGzip(request.getHeader("Accept-Encoding"));
        CompletionStage<StrataStream> reading = switch (request.getMethod() + " " + request.getServletPath()) {
            case "GET " + BOOTSTRAP -> bootstrap(request, gzip);
            case "POST " + BATCH -> batch(request, gzip);
            default -> throw noRoute(request);
        };
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0); // what is too slow is cut by those who know what was sent
        var unused = reading.whenComplete((read, failure) -> {
            try {
                if (failure == null) {
                    send(read, response, async);
                } else {
                    refuse(request, response, failure);
                    async.complete();
                }
            } catch (IOException | IllegalStateException gone) {
                LOG.log(Level.DEBUG, "a client left before its answer began", gone);
                close(read);
                async.complete();
            } catch (RuntimeException | Error e) { // nobody else would end the request
                LOG.log(Level.ERROR, "an answer could not begin", e);
                close(read);
                async.complete();
            }
        });
    }

    private CompletionStage<StrataStream> bootstrap(HttpServletRequest request, boolean gzip) {
        Map<String, List<String>> query = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> query.put(name, Arrays.asList(values)));
        StrataRequests.Bootstrap wanted = StrataRequests.bootstrap(query);
        return bootstrap(caller(request), wanted, gzip, READ_ANEW_MAX);
    }

    /**
     * Its client takes the groups for those of the position, and hears of later changes only. So rows are read anew, if
     * there was a change while they waited for their turn.
     */
    private CompletionStage<StrataStream> bootstrap(
            Caller caller, StrataRequests.Bootstrap wanted, boolean gzip, int timesMax) {
        Seq known = callers.known();
        Entered entered = callers.enter(caller, wanted.groups());
        StrataReading reading =
                StrataReading.bootstrap(wanted, entered.groups(), application.collections(), dialect.frames());
        return snapshots
                .read(entered.rights(), reading.parts(), read -> new Read(read.position(), reading.stream(read, gzip)))
                .thenCompose(read -> entered.rights()
                        .haveChanged(caller, known, read.position())
                        .whenComplete((changed, failure) -> {
                            if (failure != null || changed) {
                                read.stream().close();
                            }
                        })
                        .thenCompose(changed -> {
                            if (!changed) {
                                return CompletableFuture.completedStage(read.stream());
                            }
                            if (timesMax == 0) {
                                throw new SyncException(
                                        ErrorCode.UNAVAILABLE, "Your groups change all the time; ask again");
                            }
                            return CompletableFuture.supplyAsync(
                                            () -> bootstrap(caller, wanted, gzip, timesMax - 1), later())
                                    .thenCompose(again -> again);
                        }));
    }

    private Executor later() {
        return CompletableFuture.delayedExecutor(READ_ANEW_AFTER.toMillis(), TimeUnit.MILLISECONDS, scheduler);
    }

    private record Read(Seq position, StrataStream stream) {}

    private CompletionStage<StrataStream> batch(HttpServletRequest request, boolean gzip) throws IOException {
        List<StrataRequests.Load> loads =
                StrataRequests.batch(StrataRequests.body(request.getHeader("Content-Type"), request.getInputStream()));
        Entered entered = callers.enter(caller(request), Optional.empty());
        StrataReading reading =
                StrataReading.batch(loads, entered.groups(), application.collections(), dialect.frames());
        return snapshots.read(entered.rights(), reading.parts(), read -> reading.stream(read, gzip));
    }

    private Caller caller(HttpServletRequest request) {
        return callers.caller(request.getHeader("Authorization"));
    }

    private void send(StrataStream read, HttpServletResponse response, AsyncContext async) throws IOException {
        response.setContentType("application/x-ndjson");
        response.setHeader("Cache-Control", "no-cache");
        response.addHeader("Vary", "Accept-Encoding");
        if (read.isPacked()) {
            // With its length: a client takes what ends before its time for whole otherwise.
            response.setHeader("Content-Encoding", "gzip");
            response.setContentLengthLong(read.size());
        }
        StrataSending sending = new StrataSending(read, response.getOutputStream(), async::complete);
        sending.watch(scheduler);
        response.getOutputStream().setWriteListener(sending);
    }

    private static void close(@Nullable StrataStream read) {
        if (read != null) {
            read.close();
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, Throwable failure)
            throws IOException {
        StrataRefused refused = StrataErrors.refused(failure, request.getMethod(), request.getServletPath());
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        int status = refused.status();
        if (cause instanceof SyncException told && told.refusal().code().retryable()) {
            response.setHeader("Retry-After", String.valueOf(ASK_AGAIN_AFTER.toSeconds()));
            status = told.refusal().code() == ErrorCode.OVERLOADED ? TOO_MANY_REQUESTS : status;
        }
        response.setStatus(status);
        response.setContentType(StrataErrors.JSON);
        response.getOutputStream().write(refused.json().getBytes(StandardCharsets.UTF_8));
    }
}
