package dev.lockstep.system.probe.model;

import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Reserves a board whose name begins with {@code own-} for the user that it names. */
@ApplicationScoped
@Priority(3)
public class OwnBoards implements AccessRule {
    private static final String PREFIX = "own-";

    @Override
    public Optional<Refusal> refuses(Access access) {
        String name = access.room().name();
        boolean isTheirs = access.caller()
                .subject()
                .filter(subject -> name.equals(PREFIX + subject))
                .isPresent();
        return name.startsWith(PREFIX) && !isTheirs
                ? Optional.of(Refusal.forbidden("This board belongs to another user"))
                : Optional.empty();
    }
}
