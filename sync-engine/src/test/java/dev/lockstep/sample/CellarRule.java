package dev.lockstep.sample;

import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Rule for one room. */
@ApplicationScoped
public class CellarRule implements AccessRule {
    @Override
    public Optional<Refusal> refuses(Access access) {
        return access.room().name().equals("cellar")
                ? Optional.of(Refusal.forbidden("not in the cellar"))
                : Optional.empty();
    }
}
