package dev.lockstep.mutation;

import dev.lockstep.api.Refusal;
import dev.lockstep.api.Row;
import dev.lockstep.log.LogEntry;
import dev.lockstep.mutation.idempotency.IdempotencyStore;
import java.util.List;
import java.util.Optional;

/** The result of evaluating one mutation of a batch. */
public sealed interface Verdict {
    /**
     * The mutation is applied.
     *
     * @param entries its log entries; empty if there was no row to change
     * @param rows for each change the row after it, or before a delete; empty where there was none
     */
    record Accepted(List<LogEntry> entries, List<Optional<Row>> rows) implements Verdict {}

    /** The mutation is refused, and none of its changes is applied. */
    record Refused(Refusal refusal) implements Verdict {}

    /** The mutation was answered in an earlier batch. */
    record AlreadyAnswered(IdempotencyStore.StoredResult answer) implements Verdict {}

    /** The mutation repeats the one at this index of the same batch. */
    record DuplicateInBatch(int index) implements Verdict {}

    /** Another transaction holds the lock of one of its rows; the mutation waits. */
    record Blocked() implements Verdict {}
}
