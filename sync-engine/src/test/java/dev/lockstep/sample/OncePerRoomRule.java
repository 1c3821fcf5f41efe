package dev.lockstep.sample;

import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Rule that refuses the second request of a room while it is open. */
@ApplicationScoped
public class OncePerRoomRule implements AccessRule {
    @Inject
    private RingCounter doorbell;

    @Override
    public Optional<Refusal> refuses(Access access) {
        return doorbell.ring() > 1 ? Optional.of(Refusal.forbidden("rung already")) : Optional.empty();
    }
}
