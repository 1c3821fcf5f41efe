package dev.lockstep.examples.signin;

import dev.lockstep.wire.application.ServedApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Whom the server takes the caller for. */
@Path("me")
@ApplicationScoped
public class Me {
    @Inject
    private ServedApplication application;

    /** A caller without a name gets no further than the filter, where the application guards everything. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String me() {
        return application
                .caller()
                .subject()
                .map(user -> Json.createObjectBuilder()
                        .add("authenticated", true)
                        .add("username", user)
                        .build()
                        .toString())
                .orElse("{\"authenticated\":false}");
    }
}
