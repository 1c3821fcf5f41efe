package dev.lockstep.sample;

import dev.lockstep.api.Access;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** First rule: refuses every caller in the room "closed". */
@ApplicationScoped
@Priority(10)
public class ClosedRoomRule implements AccessRule {
    @Override
    public Optional<Refusal> refuses(Access access) {
        return access.room().name().equals("closed")
                ? Optional.of(new Refusal(ErrorCode.UNAUTHENTICATED, "closed today"))
                : Optional.empty();
    }
}
