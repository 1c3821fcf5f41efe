package dev.lockstep.wire.cfsync;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.wire.PlainJson;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Refuses bodies by the length that they announce: the server cuts off what is far too long, with no reason given. */
@Provider
@PreMatching
public class CfSyncBodies implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getLength() > PlainJson.BODY_BYTES_MAX) {
            request.abortWith(CfSyncErrors.response(new Refusal(
                    ErrorCode.TOO_LARGE,
                    "The body is larger than " + PlainJson.BODY_BYTES_MAX + " bytes; send less at a time")));
        }
    }
}
