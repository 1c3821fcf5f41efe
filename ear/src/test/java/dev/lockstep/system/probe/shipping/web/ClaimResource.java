package dev.lockstep.system.probe.shipping.web;

import dev.lockstep.system.probe.shipping.Handling;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;

/** An endpoint of the application: a cargo was claimed. */
@Path("claims/{cargo}")
@ApplicationScoped
public class ClaimResource {
    @Inject
    private Handling handling;

    @POST
    public void claim(@PathParam("cargo") String cargo) {
        handling.claim(UUID.fromString(cargo));
    }
}
