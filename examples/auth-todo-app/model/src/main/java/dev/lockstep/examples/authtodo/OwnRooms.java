package dev.lockstep.examples.authtodo;

import dev.lockstep.api.access.AccessPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Each user reads, writes and subscribes to the user's own room, and no other. */
@ApplicationScoped
public class OwnRooms {
    @Produces
    AccessPolicy policy() {
        return AccessPolicy.builder().perUser().build();
    }
}
