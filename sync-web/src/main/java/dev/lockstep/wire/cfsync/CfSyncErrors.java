package dev.lockstep.wire.cfsync;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.PlainJson;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Refusals in the words of the contract, section 1.2. */
@Provider
public class CfSyncErrors implements ExceptionMapper<Throwable> {
    private static final Logger LOG = System.getLogger(CfSyncErrors.class.getName());

    @Override
    public Response toResponse(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return switch (cause) {
            case SyncException refused -> response(refused.refusal());
            case NotAllowedException elsewhere -> plain(Response.Status.NOT_FOUND);
            case WebApplicationException unmatched ->
                plain(unmatched.getResponse().getStatusInfo());
            default -> {
                LOG.log(Level.ERROR, "a request met a fault", cause);
                yield response(new Refusal(ErrorCode.INTERNAL, "The server could not do this; its log says why"));
            }
        };
    }

    static Response response(Refusal refusal) {
        return Response.status(refusal.code().status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(json(refusal).getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private static String json(Refusal refusal) {
        String issues = refusal.issues().stream().map(CfSyncErrors::json).collect(Collectors.joining(","));
        return "{\"error\":{\"message\":" + PlainJson.quote(refusal.message())
                + (issues.isEmpty() ? "" : ",\"issues\":[" + issues + "]") + "}}";
    }

    private static String json(Issue issue) {
        return "{\"message\":" + PlainJson.quote(issue.message()) + ",\"path\":" + PlainJson.quote(issue.path()) + "}";
    }

    /** What has no route, or none for its method, answers as the original does: the status and its name, as text. */
    static Response plain(Response.StatusType status) {
        return Response.status(status)
                .type(MediaType.TEXT_PLAIN_TYPE)
                .entity((status.getStatusCode() + " " + status.getReasonPhrase()).getBytes(StandardCharsets.UTF_8))
                .build();
    }
}
