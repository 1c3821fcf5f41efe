package dev.lockstep.wire.strata;

import dev.lockstep.wire.PageAccess;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Lets pages of other hosts call, where the operator has named them. Without that, OPTIONS has no route. */
@Provider
@PreMatching
@ApplicationScoped
public class StrataOrigins implements ContainerRequestFilter, ContainerResponseFilter {
    static final String ORIGIN = "Origin";
    static final String WANTED_HEADERS = "Access-Control-Request-Headers";
    static final String ALLOWED = "Access-Control-Allow-Origin";

    @Inject
    private PageAccess pages;

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            Response.ResponseBuilder answer = Response.noContent();
            pages.allowance(request.getHeaderString(ORIGIN), request.getHeaderString(WANTED_HEADERS))
                    .orElseThrow(() -> StrataRefused.noRoute(
                            HttpMethod.OPTIONS,
                            StrataApi.PREFIX + request.getUriInfo().getPath().replaceFirst("^/", "")))
                    .forEach(answer::header);
            request.abortWith(answer.build());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!pages.matters()) {
            return;
        }
        response.getHeaders().add(HttpHeaders.VARY, ORIGIN);
        String origin = request.getHeaderString(ORIGIN);
        if (pages.mayRead(origin)) {
            response.getHeaders().putSingle(ALLOWED, origin);
        }
    }
}
