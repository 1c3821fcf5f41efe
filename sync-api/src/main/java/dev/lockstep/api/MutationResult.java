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
     * @param repeated whether it was done before, and this is the first answer once more
     */
    record Applied(Seq last, List<Optional<Row>> rows, boolean repeated) implements MutationResult {
        public Applied {
            rows = Collections.unmodifiableList(new ArrayList<>(rows));
        }

        /** The answer of who is the first to ask. */
        public Applied(Seq last, List<Optional<Row>> rows) {
            this(last, rows, false);
        }

        /** The same, to somebody who asked before. */
        public Applied again() {
            return new Applied(last, rows, true);
        }
    }

    /** Nothing of it was done. */
    record Refused(Refusal refusal) implements MutationResult {}
}
