package dev.lockstep.mutation.batch;

import dev.lockstep.api.Refusal;
import dev.lockstep.mutation.QueuedMutation;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Mutations that the writer has taken from a queue and not yet answered. After a fault it refuses them, as nothing else
 * would. Belongs to the writer's thread.
 */
final class InFlightMutations {
    private final Set<QueuedMutation> mutations = Collections.newSetFromMap(new IdentityHashMap<>());

    void take(QueuedMutation mutation) {
        mutations.add(mutation);
    }

    void take(List<QueuedMutation> taken) {
        mutations.addAll(taken);
    }

    /** Removes mutations whose answers the publisher sends. */
    void answered(List<QueuedMutation> answered) {
        answered.forEach(mutations::remove);
    }

    /** Removes all: they are answered, or wait in another queue. */
    void clear() {
        mutations.clear();
    }

    /** Refuses all except those that wait in another queue. */
    void refuse(Refusal refusal, Predicate<QueuedMutation> waits) {
        for (QueuedMutation mutation : mutations) {
            if (!waits.test(mutation)) {
                mutation.refuse(refusal);
            }
        }
        clear();
    }
}
