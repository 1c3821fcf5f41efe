package dev.lockstep.system.probe.model;

import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** A rule that throws for boards named {@code broken}. It has no priority, and so runs last. */
@ApplicationScoped
public class BrokenBoards implements AccessRule {
    @Override
    public Optional<Refusal> refuses(Access access) {
        if (access.room().name().equals("broken")) {
            throw new IllegalStateException("select secret from who_may_what");
        }
        return Optional.empty();
    }
}
