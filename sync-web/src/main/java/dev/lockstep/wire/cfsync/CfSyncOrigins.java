package dev.lockstep.wire.cfsync;

import dev.lockstep.wire.Origins;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of other hosts call, where the operator has named them (the Fetch standard, section 3.2). Without that,
 * OPTIONS answers 404, as the original does.
 */
@Provider
@PreMatching
@ApplicationScoped
public class CfSyncOrigins implements ContainerRequestFilter, ContainerResponseFilter {
    /** How long a browser may remember what it was allowed. Then it asks again. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final String ORIGIN = "Origin";

    @Inject
    private Origins origins;

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            request.abortWith(
                    isAllowed(request.getHeaderString(ORIGIN))
                            ? allowance(request.getHeaderString("Access-Control-Request-Headers"))
                            : CfSyncErrors.plain(Response.Status.NOT_FOUND));
        }
    }

    private boolean isAllowed(@Nullable String origin) {
        return origin != null && origins.mayRead(origin);
    }

    private static Response allowance(@Nullable String headers) {
        Response.ResponseBuilder allowance = Response.noContent()
                .header("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE")
                .header("Access-Control-Max-Age", REMEMBERED.toSeconds());
        return (headers == null ? allowance : allowance.header("Access-Control-Allow-Headers", headers)).build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!origins.isAnyAllowed()) {
            return;
        }
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.add(HttpHeaders.VARY, ORIGIN);
        String origin = request.getHeaderString(ORIGIN);
        if (isAllowed(origin)) {
            headers.putSingle("Access-Control-Allow-Origin", origin);
            headers.putSingle("Access-Control-Expose-Headers", "ETag, Link, " + CfSyncResource.POSITION);
        }
    }
}
