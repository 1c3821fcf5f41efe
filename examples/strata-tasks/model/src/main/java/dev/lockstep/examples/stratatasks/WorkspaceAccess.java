package dev.lockstep.examples.stratatasks;

import dev.lockstep.api.access.AccessPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Users read, write and subscribe to the workspaces whose groups they are in. */
@ApplicationScoped
public class WorkspaceAccess {
    @Produces
    AccessPolicy policy() {
        return AccessPolicy.builder().requireAuthentication().memberRooms().build();
    }
}
