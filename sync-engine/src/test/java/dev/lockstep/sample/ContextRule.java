package dev.lockstep.sample;

import dev.lockstep.api.Access;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Rule that refuses callers without a result of an earlier rule in the context. */
@ApplicationScoped
public class ContextRule implements AccessRule {
    @Override
    public Optional<Refusal> refuses(Access access) {
        return access.context().equals(new AccessContext())
                ? Optional.of(Refusal.forbidden("who is that?"))
                : Optional.empty();
    }
}
