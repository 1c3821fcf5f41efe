package dev.lockstep.examples.sveltetodos;

import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;

/** Every signed-in user shares the todos. The room of a user's notes is open to this user only. */
@ApplicationScoped
public class TodosAccess {
    @Produces
    AccessPolicy policy() {
        return AccessPolicy.builder()
                .requireAuthentication()
                .roomAccess(TodosAccess::refuses)
                .build();
    }

    private static Optional<Refusal> refuses(String user, Access access) {
        return access.room().isShared() || access.room().name().equals(user)
                ? Optional.empty()
                : Optional.of(Refusal.forbidden("Forbidden: these notes are another user's"));
    }
}
