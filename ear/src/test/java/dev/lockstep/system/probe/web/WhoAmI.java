package dev.lockstep.system.probe.web;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Callers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.TreeSet;

/** Returns the caller's identity, and signs users out everywhere. */
@Path("who")
@ApplicationScoped
public class WhoAmI {
    @Inject
    private Provider<Caller> callerOfRequest;

    @Inject
    private Callers callers;

    @GET
    public String who() {
        Caller caller = callerOfRequest.get();
        return caller.subject().orElse("nobody") + " "
                + new TreeSet<>(caller.claims().keySet());
    }

    @DELETE
    @Path("{subject}")
    public void signOut(@PathParam("subject") String subject) {
        callers.revoked(callerOfRequest.get().application(), subject);
    }
}
