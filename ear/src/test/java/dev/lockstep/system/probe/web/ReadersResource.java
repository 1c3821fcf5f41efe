package dev.lockstep.system.probe.web;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Callers;
import dev.lockstep.system.probe.model.Readers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Set;

/** Grants and revokes rights to read letters. */
@Path("readers/{user}")
@ApplicationScoped
public class ReadersResource {
    @Inject
    private Readers readers;

    @Inject
    private Callers callers;

    @Inject
    private Provider<Caller> caller;

    @PUT
    public void show(@PathParam("user") String user, @QueryParam("colour") List<String> colours) {
        readers.show(user, Set.copyOf(colours));
        callers.rightsChanged(caller.get().application(), user);
    }
}
