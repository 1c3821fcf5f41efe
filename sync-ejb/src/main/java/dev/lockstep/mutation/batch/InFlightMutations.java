package dev.lockstep.mutation.batch;

import dev.lockstep.api.Refusal;
import dev.lockstep.mutation.QueuedMutation;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Mutations that the writer has taken from where they waited, and that nobody else will answer: if a fault keeps it from
 * going on with them, it refuses them. Belongs to the writer's thread.
 */
final class InFlightMutations {
    private final Set<QueuedMutation> mutations = Collections.newSetFromMap(new IdentityHashMap<>());

    void take(QueuedMutation mutation) {
        mutations.add(mutation);
    }

    void take(List<QueuedMutation> taken) {
        mutations.addAll(taken);
    }

    /** Their answers are the publisher's from now on. */
    void answered(List<QueuedMutation> answered) {
        answered.forEach(mutations::remove);
    }

    /** All are answered, or wait somewhere. */
    void clear() {
        mutations.clear();
    }

    /** Refuses those that wait nowhere. */
    void refuse(Refusal refusal, Predicate<QueuedMutation> waits) {
        for (QueuedMutation mutation : mutations) {
            if (!waits.test(mutation)) {
                mutation.refuse(refusal);
            }
        }
        clear();
    }
}
