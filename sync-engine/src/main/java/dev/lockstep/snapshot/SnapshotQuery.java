package dev.lockstep.snapshot;

import dev.lockstep.api.Row;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.row.RowRepository.KeyValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A query for rows of one collection, as a part of a bulk snapshot.
 *
 * @param rooms the names of the rooms; for collections without rooms any name selects all rows, and an empty set none
 * @param filters the visible rows of partly visible rooms
 * @param key selects rows with this key
 * @param rowsMax most rows
 * @param line writes a row
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

    /** Writes rows in the format of a dialect. */
    @FunctionalInterface
    public interface Line {
        void append(StringBuilder out, String row);
    }
}
