package dev.lockstep.wire.identity;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.identity.Tickets;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Endpoint that issues tickets for sockets, because a browser's WebSocket cannot send an {@code Authorization} header. */
@Path("ticket")
@ApplicationScoped
public class TicketResource {
    @Inject
    private ServedApplication application;

    @Inject
    private Tickets tickets;

    /** Issues a ticket for one socket. A signed-in caller may request any number. */
    @POST
    public Response ticket() {
        return switch (application.identity()) {
            case Identity.Known known ->
                Response.ok(
                                new JsonObject()
                                        .with("ticket", tickets.issue(known))
                                        .with("expiresInSeconds", Tickets.GOOD_FOR.toSeconds())
                                        .toString(),
                                MediaType.APPLICATION_JSON_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build();
            case Identity.None none -> throw new SyncException(ErrorCode.UNAUTHENTICATED, "Unauthorized");
            case Identity.Refused refused -> throw new SyncException(refused.refusal());
        };
    }
}
