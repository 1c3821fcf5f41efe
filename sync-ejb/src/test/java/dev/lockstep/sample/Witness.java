package dev.lockstep.sample;

import dev.lockstep.api.Access;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Refuses whom nothing was found out about before. */
@ApplicationScoped
public class Witness implements AccessRule {
    @Override
    public Optional<Refusal> refuses(Access access) {
        return access.context().equals(new AccessContext())
                ? Optional.of(Refusal.forbidden("who is that?"))
                : Optional.empty();
    }
}
