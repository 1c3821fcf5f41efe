package dev.lockstep.examples.signin;

import dev.lockstep.api.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.json.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The caller's identity as the server sees it. */
@Path("me")
@ApplicationScoped
public class Me {
    @Inject
    private Provider<Caller> caller;

    /** Where the application guards everything, the filter refuses a caller without a name before this. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String me() {
        return caller.get()
                .subject()
                .map(user -> Json.createObjectBuilder()
                        .add("authenticated", true)
                        .add("username", user)
                        .build()
                        .toString())
                .orElse("{\"authenticated\":false}");
    }
}
