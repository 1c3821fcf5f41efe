package dev.lockstep.office;

import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Refuses every request of its own application, before all other rules. */
@ApplicationScoped
@Priority(1)
public class NoEntry implements AccessRule {
    @Override
    public Optional<Refusal> refuses(Access access) {
        return Optional.of(Refusal.forbidden("no entry to the office"));
    }
}
