package dev.lockstep.wire.strata;

import dev.lockstep.api.SyncException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;

/** Refusals and faults in the words of the contract, section 1.0. */
@Provider
public class StrataErrors implements ExceptionMapper<Throwable> {
    /** The type of all answers that are no stream. */
    static final String JSON = "application/json; charset=utf-8";

    private static final Logger LOG = System.getLogger(StrataErrors.class.getName());

    @Context
    private UriInfo uri;

    @Context
    private Request request;

    @Override
    public Response toResponse(Throwable thrown) {
        StrataRefused refused = refused(
                thrown, request.getMethod(), StrataApi.PREFIX + uri.getPath().replaceFirst("^/", ""));
        return Response.status(refused.status())
                .type(JSON)
                .entity(refused.json().getBytes(StandardCharsets.UTF_8))
                .build();
    }

    /** What somebody is told of what was thrown. */
    static StrataRefused refused(Throwable thrown, String method, String path) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return switch (cause) {
            case StrataRefused refused -> refused;
            case SyncException refused ->
                StrataRefused.other(
                        refused.refusal().code().status(), refused.refusal().message());
            case NotFoundException none -> StrataRefused.noRoute(method, path);
            case NotAllowedException elsewhere -> StrataRefused.noRoute(method, path);
            case WebApplicationException other ->
                StrataRefused.other(
                        other.getResponse().getStatus(),
                        other.getResponse().getStatusInfo().getReasonPhrase());
            default -> {
                LOG.log(Level.ERROR, "a request met a fault", cause);
                yield StrataRefused.other(500, "The server could not do this; its log says why");
            }
        };
    }
}
