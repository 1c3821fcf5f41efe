package dev.lockstep.wire.cfsync;

import dev.lockstep.wire.http.CorsPolicy;
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
import java.util.Map;

/**
 * CORS for pages of the origins that the operator allows (Fetch standard, section 3.2). Without allowed origins, OPTIONS
 * answers 404, as the original server does.
 */
@Provider
@PreMatching
@ApplicationScoped
public class CfSyncOrigins implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String ORIGIN = "Origin";

    @Inject
    private CorsPolicy corsPolicy;

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            request.abortWith(corsPolicy
                    .headers(request.getHeaderString(ORIGIN), request.getHeaderString("Access-Control-Request-Headers"))
                    .map(CfSyncOrigins::allowed)
                    .orElseGet(() -> CfSyncErrors.plain(Response.Status.NOT_FOUND)));
        }
    }

    private static Response allowed(Map<String, String> headers) {
        Response.ResponseBuilder answer = Response.noContent();
        headers.forEach(answer::header);
        return answer.build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!corsPolicy.isCrossOrigin()) {
            return;
        }
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.add(HttpHeaders.VARY, ORIGIN);
        String origin = request.getHeaderString(ORIGIN);
        if (corsPolicy.mayRead(origin)) {
            corsPolicy.readingHeaders(origin).forEach(headers::putSingle);
            headers.putSingle("Access-Control-Expose-Headers", "ETag, Link, " + CfSyncLists.POSITION);
        }
    }
}
