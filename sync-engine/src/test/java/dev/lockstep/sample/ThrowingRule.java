package dev.lockstep.sample;

import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Second rule: throws for every room but "p1". */
@ApplicationScoped
@Priority(20)
public class ThrowingRule implements AccessRule {
    @Override
    public Optional<Refusal> refuses(Access access) {
        if (access.room().name().equals("p1")) {
            return Optional.empty();
        }
        throw new IllegalStateException("the words of a fault");
    }
}
