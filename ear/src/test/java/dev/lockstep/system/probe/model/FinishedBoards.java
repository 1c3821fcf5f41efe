package dev.lockstep.system.probe.model;

import dev.lockstep.api.Access;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Optional;

/** Refuses changes of boards whose names end with {@code finished}. Runs second. */
@ApplicationScoped
@Priority(2)
public class FinishedBoards implements AccessRule {
    @Override
    public Optional<Refusal> refuses(Access access) {
        boolean looks = EnumSet.of(Operation.READ, Operation.SUBSCRIBE).contains(access.operation());
        return access.room().name().endsWith("finished") && !looks
                ? Optional.of(Refusal.forbidden("This board is finished"))
                : Optional.empty();
    }
}
