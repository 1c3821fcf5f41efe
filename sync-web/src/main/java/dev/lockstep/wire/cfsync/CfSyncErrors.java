package dev.lockstep.wire.cfsync;

import dev.lockstep.api.Refusal;
import dev.lockstep.wire.endpoint.EndpointErrors;
import dev.lockstep.wire.http.FailureMapper;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;

/** Mapper of exceptions to the error answers of the contract, section 1.2. */
@Provider
public class CfSyncErrors implements ExceptionMapper<Throwable> {
    @Override
    public Response toResponse(Throwable thrown) {
        return switch (FailureMapper.cause(thrown)) {
            case NotAllowedException noMethod -> plain(Response.Status.NOT_FOUND);
            case NotAuthorizedException unauthorized ->
                Response.fromResponse(plain(Response.Status.UNAUTHORIZED))
                        .header(
                                HttpHeaders.WWW_AUTHENTICATE,
                                unauthorized.getResponse().getHeaderString(HttpHeaders.WWW_AUTHENTICATE))
                        .build();
            case WebApplicationException unmatched ->
                plain(unmatched.getResponse().getStatusInfo());
            default -> response(FailureMapper.refusal("Request failed with an internal error", thrown));
        };
    }

    static Response response(Refusal refusal) {
        return EndpointErrors.response(refusal);
    }

    /** The answer for a missing route or method, as the original server gives it: the status and its name, as text. */
    static Response plain(Response.StatusType status) {
        return Response.status(status)
                .type(MediaType.TEXT_PLAIN_TYPE)
                .entity((status.getStatusCode() + " " + status.getReasonPhrase()).getBytes(StandardCharsets.UTF_8))
                .build();
    }
}
