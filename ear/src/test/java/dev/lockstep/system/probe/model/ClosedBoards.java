package dev.lockstep.system.probe.model;

import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Refuses boards whose names begin with {@code closed}. Runs first. */
@ApplicationScoped
@Priority(1)
public class ClosedBoards implements AccessRule {
    @Override
    public Optional<Refusal> refuses(Access access) {
        return access.room().name().startsWith("closed")
                ? Optional.of(Refusal.forbidden("This board is closed"))
                : Optional.empty();
    }
}
