package dev.lockstep.examples.stratatasks.web;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Memberships;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * Adds users to workspaces, and removes them; their open windows are notified. In this
 * demonstration any signed-in user may change the groups of any other.
 */
@Path("{user}/{group}")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class MembersResource {
    @Inject
    private Provider<Caller> caller;

    @Inject
    private Memberships memberships;

    @POST
    public String join(@PathParam("user") String user, @PathParam("group") String group) {
        requireCaller();
        try {
            memberships.join(caller.get().application(), user, group);
        } catch (IllegalArgumentException noRoom) {
            throw new BadRequestException(noRoom.getMessage(), noRoom);
        }
        return groups(user);
    }

    @DELETE
    public String leave(@PathParam("user") String user, @PathParam("group") String group) {
        requireCaller();
        memberships.leave(caller.get().application(), user, group);
        return groups(user);
    }

    private String groups(String user) {
        JsonArrayBuilder joined = Json.createArrayBuilder();
        memberships.groupsOf(caller.get().application(), user).forEach(joined::add);
        return Json.createObjectBuilder().add("joined", joined).build().toString();
    }

    private void requireCaller() {
        if (caller.get().subject().isEmpty()) {
            throw new NotAuthorizedException("Bearer");
        }
    }
}
