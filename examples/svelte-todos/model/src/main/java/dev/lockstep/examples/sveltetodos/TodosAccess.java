package dev.lockstep.examples.sveltetodos;

import dev.lockstep.api.access.AccessPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Every signed-in user shares the todos. The room of a user's notes is open to this user only. */
@ApplicationScoped
public class TodosAccess {
    @Produces
    AccessPolicy policy() {
        return AccessPolicy.builder().requireAuthentication().memberRooms().build();
    }
}
