package dev.lockstep.delivery;

import dev.lockstep.api.Seq;
import dev.lockstep.log.Commit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Commits of this node's writer that wait until what lies before them has been read from the log. Belongs to the publisher
 * thread.
 */
final class PendingCommits {
    /** Actions that are kept. The commits of a group that would make them more are dropped, and read from the log. */
    static final int ACTIONS_MAX = 20_000;

    private final Deque<Batch> batches = new ArrayDeque<>();
    private int actions;

    /** @param durableNanos since when this node knows that they are durable */
    record Batch(List<Commit> commits, long durableNanos) {
        /** Those after a position. */
        Batch after(Seq position) {
            return new Batch(
                    commits.stream()
                            .filter(commit -> commit.first().isAfter(position))
                            .toList(),
                    durableNanos);
        }

        /** Whether nothing lies between a position and its first commit. */
        boolean continues(Seq position) {
            return commits.getFirst().first().equals(position.plus(1));
        }

        private int actions() {
            return commits.stream().mapToInt(commit -> commit.actions().size()).sum();
        }
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    void add(Batch batch) {
        if (actions + batch.actions() <= ACTIONS_MAX) {
            batches.add(batch);
            actions += batch.actions();
        }
    }

    /** Takes the first group that was not delivered, if it continues the position. Forgets those that were delivered. */
    Optional<Batch> next(Seq position) {
        while (!batches.isEmpty()) {
            Batch first = batches.getFirst().after(position);
            if (!first.commits().isEmpty() && !first.continues(position)) {
                return Optional.empty();
            }
            actions -= batches.removeFirst().actions();
            if (!first.commits().isEmpty()) {
                return Optional.of(first);
            }
        }
        return Optional.empty();
    }
}
