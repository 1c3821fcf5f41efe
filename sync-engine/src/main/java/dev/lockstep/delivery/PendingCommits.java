package dev.lockstep.delivery;

import dev.lockstep.api.Seq;
import dev.lockstep.log.Commit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Commits of this node's writer that wait until the preceding ones have been read from the log. Belongs to the publisher
 * thread.
 */
final class PendingCommits {
    /** Most actions. The commits of a batch beyond it are dropped, and read from the log. */
    static final int ACTIONS_MAX = 20_000;

    private final Deque<Batch> batches = new ArrayDeque<>();
    private int actions;

    /** @param durableNanos when this node knew them to be durable */
    record Batch(List<Commit> commits, long durableNanos) {
        /** The commits after a position. */
        Batch after(Seq position) {
            return new Batch(
                    commits.stream()
                            .filter(commit -> commit.first().isAfter(position))
                            .toList(),
                    durableNanos);
        }

        /** Whether its first commit directly follows a position. */
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

    /** Takes the first undelivered batch, if it continues the position. Drops delivered batches. */
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
