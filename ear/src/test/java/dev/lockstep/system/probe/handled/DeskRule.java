package dev.lockstep.system.probe.handled;

import dev.lockstep.api.Access;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** A desk that is closed reads and writes nothing. */
@ApplicationScoped
public class DeskRule implements AccessRule {
    @Override
    public Optional<Refusal> refuses(Access access) {
        return "closed".equals(access.caller().claims().get(DeskClaims.DESK))
                ? Optional.of(new Refusal(ErrorCode.FORBIDDEN, "this desk is closed"))
                : Optional.empty();
    }
}
