package dev.lockstep.odd.values;

import dev.lockstep.api.access.AccessPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Members read and write everything. */
@ApplicationScoped
public class ValuesAccess {
    @Produces
    AccessPolicy policy() {
        return AccessPolicy.builder().requireAuthentication().memberRooms().build();
    }
}
