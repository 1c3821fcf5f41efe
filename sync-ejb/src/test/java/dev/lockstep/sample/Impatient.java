package dev.lockstep.sample;

import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Refuses who rings twice while somebody is in the room. */
@ApplicationScoped
public class Impatient implements AccessRule {
    @Inject
    private Doorbell doorbell;

    @Override
    public Optional<Refusal> refuses(Access access) {
        return doorbell.ring() > 1 ? Optional.of(Refusal.forbidden("rung already")) : Optional.empty();
    }
}
