package dev.lockstep.mutation.batch;

import dev.lockstep.mutation.PreparedChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rows of a batch that its mutations may not touch: another transaction holds their lock, or an earlier mutation waits for
 * them. Belongs to one transaction.
 */
final class BlockedRows {
    private final Set<BatchRows.Key> locked = new HashSet<>();
    private final Map<BatchRows.Key, Long> waitedForSince = new HashMap<>();

    /** Another transaction holds the row's lock. */
    void addLocked(BatchRows.Key row) {
        locked.add(row);
    }

    /** No mutation that was queued later touches the rows of this waiting one before it. */
    void addWaiting(List<PreparedChange> changes, long queuedAtNanos) {
        changes.forEach(
                change -> key(change).ifPresent(key -> waitedForSince.merge(key, queuedAtNanos, BlockedRows::earlier)));
    }

    /** Whether a row of the changes is blocked for a mutation that was queued at this time. */
    boolean contains(List<PreparedChange> changes, long queuedAtNanos) {
        return changes.stream().flatMap(change -> key(change).stream()).anyMatch(key -> contains(key, queuedAtNanos));
    }

    boolean contains(BatchRows.Key row, long queuedAtNanos) {
        Long since = waitedForSince.get(row);
        return locked.contains(row) || (since != null && since - queuedAtNanos <= 0);
    }

    static long earlier(long nanos, long otherNanos) {
        return nanos - otherNanos < 0 ? nanos : otherNanos;
    }

    private static Optional<BatchRows.Key> key(PreparedChange change) {
        return change.row().map(id -> new BatchRows.Key(change.model(), id));
    }
}
