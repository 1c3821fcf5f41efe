package dev.lockstep.system.probe.web;

import dev.lockstep.api.Caller;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.TreeSet;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Returns what an endpoint knows of its caller; most methods need a role. One instance for each request. */
@Path("roles")
@RolesAllowed("editor")
public class RolesResource {
    @Inject
    private Caller caller;

    @Inject
    private JsonWebToken token;

    @Context
    private SecurityContext security;

    @GET
    public String editor() {
        return caller.subject().orElse("nobody") + " " + new TreeSet<>(token.getGroups()) + " "
                + security.isUserInRole("editor") + " " + security.isUserInRole("owner") + " "
                + security.getUserPrincipal().getName();
    }

    @GET
    @Path("owner")
    @RolesAllowed("owner")
    public String owner() {
        return "owner";
    }

    @GET
    @Path("open")
    @PermitAll
    public String open() {
        return caller.application() + " " + caller.subject().orElse("nobody") + " " + token.getName() + " "
                + token.getClaimNames().contains("exp") + " " + (token.getRawToken() != null);
    }

    @GET
    @Path("closed")
    @DenyAll
    public String closed() {
        return "closed";
    }
}
