package dev.lockstep.mutation;

import dev.lockstep.api.Refusal;
import dev.lockstep.api.Row;
import dev.lockstep.log.LogEntry;
import dev.lockstep.mutation.idempotency.IdempotencyStore;
import java.util.List;
import java.util.Optional;

/** What becomes of one mutation of a group. */
public sealed interface Verdict {
    /**
     * It is done.
     *
     * @param entries what goes into the log; empty if no row was there to change
     * @param rows for each change the row after it, or before a delete; empty where there was none
     */
    record Accepted(List<LogEntry> entries, List<Optional<Row>> rows) implements Verdict {}

    /** Nothing of it is done. */
    record Refused(Refusal refusal) implements Verdict {}

    /** It was answered before, in an earlier group. */
    record AlreadyAnswered(IdempotencyStore.StoredResult answer) implements Verdict {}

    /** It repeats a mutation of the same group, at this index. */
    record DuplicateInBatch(int index) implements Verdict {}

    /** A row of it is held by another transaction: it has to wait. */
    record Blocked() implements Verdict {}
}
