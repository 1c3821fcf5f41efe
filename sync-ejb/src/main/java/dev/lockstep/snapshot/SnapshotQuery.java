package dev.lockstep.snapshot;

import dev.lockstep.api.Row;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.row.RowRepository.KeyValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which rows of one collection are wanted in a snapshot of several.
 *
 * @param rooms the names of the rooms; where rows have no room, any name will do, but without one there are none
 * @param filters which rows are shown of rooms that do not show all
 * @param key only rows with it
 * @param rowsMax at most so many
 * @param line how a row is written
 */
public record SnapshotQuery(
        CollectionModel model,
        Set<String> rooms,
        Map<String, Predicate<Row>> filters,
        Optional<KeyValue> key,
        int rowsMax,
        Line line) {
    public SnapshotQuery {
        rooms = Set.copyOf(rooms);
        filters = Map.copyOf(filters);
    }

    /** Writes rows the way a dialect shows them. */
    @FunctionalInterface
    public interface Line {
        void append(StringBuilder out, String row);
    }
}
