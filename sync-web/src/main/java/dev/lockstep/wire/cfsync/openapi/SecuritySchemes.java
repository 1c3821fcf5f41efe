package dev.lockstep.wire.cfsync.openapi;

import static dev.lockstep.wire.cfsync.openapi.Json.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ways to sign in that the server has. Those that an application adds are not among them.
 *
 * @param cookie the cookie that may carry a token
 */
record SecuritySchemes(Optional<String> cookie) {
    Map<String, Object> all() {
        Map<String, Object> schemes = object(
                "bearer", object("type", "http", "scheme", "bearer", "bearerFormat", "JWT"),
                "basic", object("type", "http", "scheme", "basic"));
        cookie.ifPresent(name -> schemes.put("cookie", object("type", "apiKey", "in", "cookie", "name", name)));
        schemes.put(
                "ticket",
                object(
                        "type",
                        "apiKey",
                        "in",
                        "query",
                        "name",
                        "ticket",
                        "description",
                        "A ticket of `POST /ticket`, for one socket"));
        return schemes;
    }

    /** Any of the ways, or none. The access rules of the application decide. */
    List<Object> ofRequests() {
        List<Object> any = new ArrayList<>(List.of(object()));
        any.addAll(ofCallers());
        return any;
    }

    /** Any of the ways. */
    List<Object> ofCallers() {
        List<Object> any = new ArrayList<>(List.of(object("bearer", List.of()), object("basic", List.of())));
        cookie.ifPresent(name -> any.add(object("cookie", List.of())));
        return any;
    }

    List<Object> ofSockets() {
        List<Object> any = ofRequests();
        any.add(object("ticket", List.of()));
        return any;
    }
}
