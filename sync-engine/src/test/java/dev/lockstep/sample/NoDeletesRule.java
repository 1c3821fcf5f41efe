package dev.lockstep.sample;

import dev.lockstep.api.Access;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Refuses deletes by their operation. */
@ApplicationScoped
public class NoDeletesRule implements AccessRule {
    @Override
    public Optional<Refusal> refuses(Access access) {
        return access.operation() == Operation.DELETE
                ? Optional.of(Refusal.forbidden("deletes nothing"))
                : Optional.empty();
    }
}
