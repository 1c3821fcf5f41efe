package dev.lockstep.access.chain;

import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** A rule whose package belongs to no application. */
@ApplicationScoped
public class RuleOfNoApplication implements AccessRule {
    @Override
    public Optional<Refusal> refuses(Access access) {
        return Optional.empty();
    }
}
