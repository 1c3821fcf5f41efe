package dev.lockstep.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The result of a mutation. Immutable. */
public sealed interface MutationResult {
    /**
     * The mutation's transaction is durable.
     *
     * @param last the last log position of the mutation; {@link Seq#START} if it changed nothing
     * @param rows for each change, in order, the row after it; empty if no such row existed; for a delete, the row
     *     before it
     * @param repeated whether this is the stored result of a mutation that was done before
     * @param warnings failures after the commit, to be shown to the client
     */
    record Applied(Seq last, List<Optional<Row>> rows, boolean repeated, List<String> warnings)
            implements MutationResult {
        public Applied {
            rows = Collections.unmodifiableList(new ArrayList<>(rows));
            warnings = List.copyOf(warnings);
        }

        /** The result of a mutation that is done for the first time. */
        public Applied(Seq last, List<Optional<Row>> rows) {
            this(last, rows, false, List.of());
        }

        /** A copy with other rows. */
        public Applied showing(List<Optional<Row>> other) {
            return new Applied(last, other, repeated, warnings);
        }

        /** A copy with these warnings. */
        public Applied with(List<String> other) {
            return new Applied(last, rows, repeated, other);
        }

        /** A copy for a repeat of the mutation. */
        public Applied again() {
            return new Applied(last, rows, true, warnings);
        }
    }

    /** The mutation is refused; nothing was changed. */
    record Refused(Refusal refusal) implements MutationResult {}
}
