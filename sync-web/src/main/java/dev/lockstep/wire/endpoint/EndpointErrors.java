package dev.lockstep.wire.endpoint;

import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.json.RefusalJson;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.nio.charset.StandardCharsets;

/** Answers a {@link SyncException} of an application's own endpoint like a refusal of the native dialect (rule CFS2). */
public final class EndpointErrors implements ExceptionMapper<SyncException> {
    private static final int SERVICE_UNAVAILABLE = Response.Status.SERVICE_UNAVAILABLE.getStatusCode();

    @Override
    public Response toResponse(SyncException thrown) {
        return response(thrown.refusal());
    }

    /** The response of a refusal. */
    public static Response response(Refusal refusal) {
        Response.ResponseBuilder answer = Response.status(refusal.code().status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(RefusalJson.of(refusal).getBytes(StandardCharsets.UTF_8));
        if (refusal.code().status() == SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, FailureMapper.RETRY_AFTER.toSeconds());
        }
        return answer.build();
    }
}
