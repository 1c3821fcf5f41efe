package dev.lockstep.system.probe.shipping.web;

import dev.lockstep.system.probe.shipping.Handling;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** An endpoint of the application: a port has another name, too. */
@Path("aliases/{port}/{alias}")
@ApplicationScoped
public class AliasResource {
    @Inject
    private Handling handling;

    @POST
    public void add(@PathParam("port") String port, @PathParam("alias") String alias) {
        handling.addAlias(port, alias);
    }
}
