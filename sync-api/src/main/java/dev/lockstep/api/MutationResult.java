package dev.lockstep.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The answer to a mutation. */
public sealed interface MutationResult {
    /**
     * Its transaction is durable.
     *
     * @param last the last position it took in the log; {@link Seq#START} if it changed nothing
     * @param rows for each change, in order, the row after it; empty if there was no such row to change, and for deletes
     *     of rows the row as it last was
     */
    record Applied(Seq last, List<Optional<Row>> rows) implements MutationResult {
        public Applied {
            rows = Collections.unmodifiableList(new ArrayList<>(rows));
        }
    }

    /** Nothing of it was done. */
    record Refused(Refusal refusal) implements MutationResult {}
}
