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
     * @param warnings what went wrong after it was durable, for whoever asked
     */
    record Applied(Seq last, List<Optional<Row>> rows, boolean repeated, List<String> warnings)
            implements MutationResult {
        public Applied {
            rows = Collections.unmodifiableList(new ArrayList<>(rows));
            warnings = List.copyOf(warnings);
        }

        /** The answer of who is the first to ask. */
        public Applied(Seq last, List<Optional<Row>> rows) {
            this(last, rows, false, List.of());
        }

        /** The same with other rows to show. */
        public Applied showing(List<Optional<Row>> other) {
            return new Applied(last, other, repeated, warnings);
        }

        /** The same with these warnings. */
        public Applied with(List<String> other) {
            return new Applied(last, rows, repeated, other);
        }

        /** The same, to somebody who asked before. */
        public Applied again() {
            return new Applied(last, rows, true, warnings);
        }
    }

    /** Nothing of it was done. */
    record Refused(Refusal refusal) implements MutationResult {}
}
