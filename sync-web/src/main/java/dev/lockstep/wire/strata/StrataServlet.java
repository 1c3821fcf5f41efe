package dev.lockstep.wire.strata;

import dev.lockstep.api.Caller;
import dev.lockstep.wire.http.AcceptEncoding;
import dev.lockstep.wire.http.CorsPolicy;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.strata.request.MutateBody;
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
 * The routes of the contract, sections 1.0 to 1.4. Answers that come later are sent without a thread that waits; by JAX-RS
 * each would pass through three more (docs/adr/0039).
 */
public class StrataServlet extends HttpServlet {
    private static final String ORIGIN = "Origin";

    private static final Logger LOG = System.getLogger(StrataServlet.class.getName());

    @Inject
    private transient StrataCallers callers;

    @Inject
    private transient BootstrapHandler streams;

    @Inject
    private transient MutateHandler writes;

    @Inject
    private transient MutateLimit limit;

    @Inject
    private transient DeltasHandler deltas;

    @Inject
    private transient CorsPolicy pages;

    @Inject
    private transient ResponseSender answers;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (request.getMethod().equals("OPTIONS")) {
                allow(request, response);
            } else {
                name(request, response);
                CompletionStage<StrataResponse> asked = asked(request);
                answers.send(asked, request.startAsync(request, response), response);
            }
        } catch (RuntimeException e) {
            answers.refuse(response, e);
        }
    }

    /** Lets pages of other hosts call, where the operator has named them. Without that, OPTIONS has no route. */
    private void allow(HttpServletRequest request, HttpServletResponse response) {
        pages.headers(request.getHeader(ORIGIN), request.getHeader("Access-Control-Request-Headers"))
                .orElseThrow(() -> noRoute(request))
                .forEach(response::setHeader);
        name(request, response);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** The page that may read the answer. */
    private void name(HttpServletRequest request, HttpServletResponse response) {
        if (pages.isCrossOrigin()) {
            response.addHeader("Vary", ORIGIN);
            pages.readingHeaders(request.getHeader(ORIGIN)).forEach(response::setHeader);
        }
    }

    // What cannot be read is refused before a caller is: so the original does.
    private CompletionStage<StrataResponse> asked(HttpServletRequest request) throws IOException {
        return switch (request.getMethod() + " " + path(request)) {
            case "GET /sync/bootstrap" -> {
                StrataRequests.Bootstrap wanted = StrataRequests.bootstrap(query(request));
                yield streams.bootstrap(wanted, caller(request), takesGzip(request));
            }
            case "POST /sync/batch" -> {
                List<StrataRequests.Load> loads = StrataRequests.batch(body(request));
                yield streams.batch(loads, caller(request), takesGzip(request));
            }
            case "GET /sync/deltas" -> {
                StrataRequests.DeltasAfter wanted = StrataRequests.deltas(query(request));
                yield deltas.page(wanted, caller(request));
            }
            case "POST /sync/mutate" -> {
                if (request.getContentLengthLong() > PlainJson.BODY_BYTES_MAX) {
                    caller(request); // nobody else has the server read that much
                }
                MutateBody body = StrataRequests.mutateBody(
                        request.getHeader("Content-Type"), request.getInputStream(), limit.bytesMax());
                if (body.isCut()) {
                    drop(request.getInputStream());
                }
                List<StrataRequests.Transaction> transactions = StrataRequests.mutate(body.envelope());
                yield writes.mutate(transactions, body.isCut(), caller(request));
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

    /** Reads what nobody wants, so that an answer can be sent on no thread that waits for it. */
    private static void drop(InputStream rest) {
        try {
            rest.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client sends more than the server reads", e);
        }
    }

    private Caller caller(HttpServletRequest request) {
        return callers.caller(request.getHeader("Authorization"));
    }

    private static boolean takesGzip(HttpServletRequest request) {
        return AcceptEncoding.hasGzip(request.getHeader("Accept-Encoding"));
    }
}
