package dev.lockstep.access.policy;

import dev.lockstep.api.Access;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import java.util.Optional;
import java.util.function.Function;

/** Access checks of mutations with changes of several kinds: each change is checked as a mutation of its own. */
final class PerChangeCheck {
    private PerChangeCheck() {}

    /** The first refusal, with the index of its change; any other request is checked as a whole. */
    static Optional<Refusal> firstRefusal(Access access, Function<Access, Optional<Refusal>> check) {
        if (!(access instanceof Mutation mutation) || mutation.operation() != Operation.MIXED) {
            return check.apply(access);
        }
        for (int i = 0; i < mutation.changes().size(); i++) {
            Optional<Refusal> refusal = check.apply(mutation.alone(i));
            if (refusal.isPresent()) {
                return Optional.of(refusal.get().ofChange(i));
            }
        }
        return Optional.empty();
    }
}
