package dev.lockstep.examples.stratatasks.web;

import dev.lockstep.api.Memberships;
import dev.lockstep.wire.ServedApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/**
 * Lets users into workspaces, and takes them out; their open windows hear of it. Whoever is signed in may do so to
 * anybody: in a demonstration there is nothing to hide.
 */
@Path("{user}/{group}")
@ApplicationScoped
public class MembersResource {
    @Inject
    private ServedApplication application;

    @Inject
    private Memberships memberships;

    @POST
    public void join(@PathParam("user") String user, @PathParam("group") String group) {
        requireCaller();
        try {
            memberships.join(application.name(), user, group);
        } catch (IllegalArgumentException noRoom) {
            throw new BadRequestException(noRoom.getMessage(), noRoom);
        }
    }

    @DELETE
    public void leave(@PathParam("user") String user, @PathParam("group") String group) {
        requireCaller();
        memberships.leave(application.name(), user, group);
    }

    private void requireCaller() {
        if (application.caller().subject().isEmpty()) {
            throw new NotAuthorizedException("Bearer");
        }
    }
}
