package dev.lockstep.odd.forms;

import dev.lockstep.api.access.AccessPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Members read and write everything. */
@ApplicationScoped
public class FormsAccess {
    @Produces
    AccessPolicy policy() {
        return AccessPolicy.builder().requireAuthentication().memberRooms().build();
    }
}
