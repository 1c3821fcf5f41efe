package dev.lockstep.snapshot;

import dev.lockstep.api.Row;
import dev.lockstep.collection.row.RowCondition;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The rows that a caller may read.
 *
 * @param shown decides for each row
 * @param condition admits at least these rows in the database; without it, all rows are read
 * @param isCompared whether a row that only the condition hides is logged
 */
public record ReadableRows(Predicate<Row> shown, Optional<RowCondition> condition, boolean isCompared) {
    /** The rows that a filter shows, all rows being read. */
    public static ReadableRows of(Predicate<Row> shown) {
        return new ReadableRows(shown, Optional.empty(), false);
    }
}
