package com.example.guestbook;

import dev.lockstep.api.Access;
import dev.lockstep.api.access.AccessRule;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Makes the pages of last year read-only. */
@ApplicationScoped
public class FullPages implements AccessRule {
    @Override
    public Optional<Refusal> refuses(Access access) {
        boolean full = access.room().name().startsWith("2025");
        return full && access instanceof Mutation
                ? Optional.of(Refusal.forbidden("This page is full"))
                : Optional.empty();
    }
}
