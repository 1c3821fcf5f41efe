package dev.lockstep.wire.livestore.operator;

import dev.lockstep.access.StoreOperations;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.event.StoreState;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.http.PathNames;
import dev.lockstep.wire.http.ResponseBody;
import dev.lockstep.wire.http.ResponseSender;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Servlet of the operators' endpoints. Without a configured key all of them answer 404. Imports, resets and erasures block
 * their thread; exports do not.
 */
public class OperatorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** The path of all endpoints. */
    static final String PATH = "/sync/stores";

    /** Most stores of one page of the list; also the default. */
    static final int STORES_MAX = 1_000;

    private final transient OperatorKey key = OperatorKey.of(ConfigProvider.getConfig());

    @Inject
    private transient ServedApplication application;

    @Inject
    private transient StoreOperations operations;

    @Inject
    private transient ResponseSender responseSender;

    /** Registers the endpoints in a web application. */
    public static void serve(ServletContext web) {
        web.setAttribute(OperatorServlet.class.getName(), true);
        ServletRegistration.Dynamic servlet = web.addServlet(OperatorServlet.class.getName(), OperatorServlet.class);
        servlet.setAsyncSupported(true);
        servlet.setLoadOnStartup(1); // so that a wrong key fails the deployment
        if (!servlet.addMapping(PATH, PATH + "/*").isEmpty()) {
            throw new Misconfiguration(
                    "The web application at '" + web.getContextPath() + "' has a servlet of its own at " + PATH
                            + ", the path of the operators' endpoints: give it another path.");
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        try {
            if (!key.isConfigured()) {
                throw noRoute();
            }
            if (!key.isIn(request.getHeader("Authorization"))) {
                response.setHeader("WWW-Authenticate", "Bearer");
                throw new SyncException(ErrorCode.UNAUTHENTICATED, "The operator's key is missing or wrong");
            }
            CompletionStage<ResponseBody> body = dispatch(request, response);
            responseSender.send(body, request.startAsync(request, response), response, OperatorErrorFormat.INSTANCE);
        } catch (RuntimeException e) {
            responseSender.refuse(response, e, OperatorErrorFormat.INSTANCE);
        }
    }

    private CompletionStage<ResponseBody> dispatch(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        List<String> path = path(request);
        String route = request.getMethod() + " " + (path.size() < 2 ? path.size() : path.get(1));
        return switch (route) {
            case "GET 0" -> list(request);
            case "GET 1" -> json(StoreJson.of(operations.find(room(path))).toString());
            case "DELETE 1" -> json(StoreJson.of(operations.erase(room(path))).toString());
            case "POST reset" -> json(StoreJson.of(operations.reset(room(path))).toString());
            case "GET events" -> export(request, response, room(path));
            case "POST events" -> {
                RoomId room = room(path);
                Optional<String> owner = parameter(request, "owner");
                StoreImport lines = new StoreImport(batch -> operations.append(room, owner, batch));
                yield json(lines.read(request.getInputStream()));
            }
            default -> throw noRoute();
        };
    }

    private static CompletionStage<ResponseBody> json(String json) {
        return CompletableFuture.completedStage(new ResponseBody.Json(json));
    }

    private CompletionStage<ResponseBody> list(HttpServletRequest request) {
        int storesMax = (int) Math.min(STORES_MAX, number(request, "limit", STORES_MAX));
        return operations
                .list(application.name(), parameter(request, "after").map(OperatorServlet::storeName), storesMax)
                .thenApply(stores -> new ResponseBody.Json(StoreJson.page(stores, storesMax)));
    }

    private CompletionStage<ResponseBody> export(
            HttpServletRequest request, HttpServletResponse response, RoomId room) {
        StoreState store = operations.find(room);
        response.setHeader("Lockstep-Head", String.valueOf(store.head()));
        return new StoreExport(operations, store, number(request, "after", 0)).begin();
    }

    /** The segments below {@link #PATH}: the store and what is done with it. */
    private static List<String> path(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length() + PATH.length());
        if (path.isEmpty() || path.equals("/")) {
            return List.of();
        }
        try {
            List<String> names = PathNames.of(URI.create(path));
            if (names.size() > 3) {
                throw noRoute();
            }
            return names.subList(1, names.size());
        } catch (IllegalArgumentException e) {
            throw new SyncException(ErrorCode.MALFORMED, "The path is not a URI; encode the store's name", e);
        }
    }

    private RoomId room(List<String> path) {
        return storeName(path.getFirst()).room(application.name());
    }

    private static StoreName storeName(String name) {
        try {
            return new StoreName(name);
        } catch (IllegalArgumentException e) {
            throw new SyncException(ErrorCode.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    private static SyncException noRoute() {
        return new SyncException(ErrorCode.NOT_FOUND, "There is no such endpoint");
    }

    private static long number(HttpServletRequest request, String name, long missing) {
        try {
            long number = parameter(request, name).map(Long::parseLong).orElse(missing);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new SyncException(ErrorCode.MALFORMED, name + " is not a number", e);
        }
        throw new SyncException(ErrorCode.MALFORMED, name + " is negative");
    }

    /** A parameter of the query. The servlet's own method would read a body that claims to be a form. */
    private static Optional<String> parameter(HttpServletRequest request, String name) {
        String query = request.getQueryString();
        for (String each : query == null ? new String[0] : query.split("&", -1)) {
            if (each.startsWith(name + "=")) {
                return Optional.of(URLDecoder.decode(each.substring(name.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }
}
