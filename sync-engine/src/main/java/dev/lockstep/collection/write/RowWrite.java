package dev.lockstep.collection.write;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The write of one row.
 *
 * @param before the stored row; empty for an insert
 * @param after the new row; empty for a delete
 */
public record RowWrite(Optional<RowImage> before, Optional<RowImage> after) {
    public static RowWrite insert(RowImage row) {
        return new RowWrite(Optional.empty(), Optional.of(row));
    }

    public static RowWrite update(RowImage was, RowImage row) {
        return new RowWrite(Optional.of(was), Optional.of(row));
    }

    public static RowWrite remove(RowImage row) {
        return new RowWrite(Optional.of(row), Optional.empty());
    }

    /** The collection of the row. */
    public CollectionModel model() {
        return Stream.concat(before.stream(), after.stream())
                .findFirst()
                .orElseThrow()
                .model();
    }

    boolean isInsert() {
        return before.isEmpty();
    }
}
