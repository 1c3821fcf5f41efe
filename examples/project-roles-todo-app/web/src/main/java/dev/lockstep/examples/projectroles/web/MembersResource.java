package dev.lockstep.examples.projectroles.web;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.identity.Callers;
import dev.lockstep.examples.projectroles.Members;
import dev.lockstep.examples.projectroles.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** The roles of the demo project: each user sees its own; admins see all, and change those of others. */
@Path("members")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class MembersResource {
    @Inject
    private Provider<Caller> caller;

    @Inject
    private Members members;

    @Inject
    private Callers callers;

    @GET
    @Path("me")
    public String mine() {
        String user = user();
        return json(user, members.roleOf(user)).build().toString();
    }

    @GET
    public String all() {
        requireAdmin();
        JsonArrayBuilder all = Json.createArrayBuilder();
        members.all().forEach(member -> all.add(json(member.name(), member.role())));
        return Json.createObjectBuilder().add("members", all).build().toString();
    }

    @PUT
    @Path("{name}/{role}")
    public String give(@PathParam("name") String name, @PathParam("role") Role role) {
        return change(name, Optional.of(role));
    }

    @DELETE
    @Path("{name}")
    public String take(@PathParam("name") String name) {
        return change(name, Optional.empty());
    }

    private String change(String name, Optional<Role> role) {
        requireAdmin();
        if (name.equals(user())) {
            throw new SyncException(ErrorCode.INVALID, "You cannot change your own role: the project needs an admin");
        }
        if (!members.give(name, role)) {
            throw new SyncException(ErrorCode.INVALID, "There is no such member");
        }
        // After the commit: the member's sockets are evaluated by the new role, or closed if there is none.
        callers.rightsChanged(caller.get().application(), name);
        return json(name, role).build().toString();
    }

    private void requireAdmin() {
        if (members.roleOf(user()).filter(Role.ADMIN::equals).isEmpty()) {
            throw new SyncException(Refusal.forbidden("Forbidden: only admins give roles"));
        }
    }

    private String user() {
        return caller.get().subject().orElseThrow(() -> new SyncException(ErrorCode.UNAUTHENTICATED, "Unauthorized"));
    }

    private static JsonObjectBuilder json(String name, Optional<Role> role) {
        JsonObjectBuilder member = Json.createObjectBuilder().add("name", name);
        return role.map(each -> member.add("role", each.word())).orElseGet(() -> member.addNull("role"));
    }
}
