package dev.lockstep.examples.stratatasks;

import dev.lockstep.api.access.AccessPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Everybody reads, writes and follows the workspaces whose groups they are in. */
@ApplicationScoped
public class WorkspaceAccess {
    @Produces
    AccessPolicy policy() {
        return AccessPolicy.builder().requireAuthentication().memberRooms().build();
    }
}
