package dev.lockstep.wire.strata;

import dev.lockstep.api.Caller;
import dev.lockstep.wire.http.AcceptEncoding;
import dev.lockstep.wire.http.CorsPolicy;
import dev.lockstep.wire.http.ResponseBody;
import dev.lockstep.wire.http.ResponseSender;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.strata.request.MutateBody;
import dev.lockstep.wire.strata.request.MutateRequests;
import dev.lockstep.wire.strata.request.StrataError;
import dev.lockstep.wire.strata.request.StrataRequests;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Servlet with the routes of the contract, sections 1.0 to 1.4. Asynchronous responses block no thread; with JAX-RS each would
 * pass through three more threads (docs/adr/0039).
 */
public class StrataServlet extends HttpServlet {
    private static final String ORIGIN = "Origin";

    private static final Logger LOG = System.getLogger(StrataServlet.class.getName());

    @Inject
    private transient StrataCallers callers;

    @Inject
    private transient BootstrapHandler bootstraps;

    @Inject
    private transient MutateHandler mutations;

    @Inject
    private transient MutateLimit limit;

    @Inject
    private transient DeltasHandler deltas;

    @Inject
    private transient CorsPolicy corsPolicy;

    @Inject
    private transient ResponseSender responseSender;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (request.getMethod().equals("OPTIONS")) {
                answerPreflight(request, response);
            } else {
                addCorsHeaders(request, response);
                CompletionStage<ResponseBody> pending = dispatch(request);
                responseSender.send(
                        pending, request.startAsync(request, response), response, StrataErrorFormat.INSTANCE);
            }
        } catch (RuntimeException e) {
            responseSender.refuse(response, e, StrataErrorFormat.INSTANCE);
        }
    }

    /** Answers a preflight request of an allowed origin. Without allowed origins, OPTIONS has no route. */
    private void answerPreflight(HttpServletRequest request, HttpServletResponse response) {
        corsPolicy
                .headers(request.getHeader(ORIGIN), request.getHeader("Access-Control-Request-Headers"))
                .orElseThrow(() -> noRoute(request))
                .forEach(response::setHeader);
        addCorsHeaders(request, response);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** Adds the headers that let a page of an allowed origin read the answer. */
    private void addCorsHeaders(HttpServletRequest request, HttpServletResponse response) {
        if (corsPolicy.isCrossOrigin()) {
            response.addHeader("Vary", ORIGIN);
            corsPolicy.readingHeaders(request.getHeader(ORIGIN)).forEach(response::setHeader);
        }
    }

    // An unreadable request is refused before its caller is, as the original server does.
    private CompletionStage<ResponseBody> dispatch(HttpServletRequest request) throws IOException {
        return switch (request.getMethod() + " " + path(request)) {
            case "GET /sync/bootstrap" -> {
                StrataRequests.Bootstrap wanted = StrataRequests.bootstrap(query(request));
                yield bootstraps.bootstrap(wanted, caller(request), takesGzip(request));
            }
            case "POST /sync/batch" -> {
                List<StrataRequests.Load> loads = StrataRequests.batch(body(request));
                yield bootstraps.batch(loads, caller(request), takesGzip(request));
            }
            case "GET /sync/deltas" -> {
                StrataRequests.DeltasAfter wanted = StrataRequests.deltas(query(request));
                yield deltas.page(wanted, caller(request));
            }
            case "POST /sync/mutate" -> {
                if (request.getContentLengthLong() > PlainJson.BODY_BYTES_MAX) {
                    caller(request); // only a known caller may send that much
                }
                MutateBody body = StrataRequests.mutateBody(
                        request.getHeader("Content-Type"), request.getInputStream(), limit.bytesMax());
                if (body.isCut()) {
                    drop(request.getInputStream());
                }
                List<StrataRequests.Transaction> transactions = MutateRequests.transactions(body.envelope());
                yield mutations.mutate(transactions, body.isCut(), caller(request));
            }
            default -> throw noRoute(request);
        };
    }

    private static String path(HttpServletRequest request) {
        return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    }

    private static StrataError noRoute(HttpServletRequest request) {
        return StrataError.noRoute(request.getMethod(), path(request));
    }

    private static Map<String, List<String>> query(HttpServletRequest request) {
        Map<String, List<String>> query = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> query.put(name, Arrays.asList(values)));
        return query;
    }

    private static @Nullable Object body(HttpServletRequest request) throws IOException {
        return StrataRequests.body(request.getHeader("Content-Type"), request.getInputStream());
    }

    /** Discards the rest of a body, so that the response can be sent without a blocked thread. */
    private static void drop(InputStream rest) {
        try {
            rest.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The client disconnected while the rest of its body was discarded", e);
        }
    }

    private Caller caller(HttpServletRequest request) {
        return callers.caller(request.getHeader("Authorization"));
    }

    private static boolean takesGzip(HttpServletRequest request) {
        return AcceptEncoding.hasGzip(request.getHeader("Accept-Encoding"));
    }
}
