package dev.lockstep.collection.row;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.filter.RowFilter;
import java.util.List;
import java.util.Optional;

/**
 * The requested rows of a list.
 *
 * @param scope only rows in this scope; all rows if empty, or if the collection has no scopes
 * @param filter only rows that pass it
 * @param sort the order; that of the collection if empty
 * @param after only rows after this position in the order
 * @param rowsMax most rows
 */
public record ListQuery(
        Optional<String> scope, RowFilter filter, Optional<ListSort> sort, Optional<ListPosition> after, int rowsMax) {
    /** The whole list. */
    public static final ListQuery ALL = of(Optional.empty());

    /** Rows of a scope in the collection's order. */
    public ListQuery(Optional<String> scope, Optional<ListPosition> after, int rowsMax) {
        this(scope, RowFilter.ALL, Optional.empty(), after, rowsMax);
    }

    /** All rows of a scope; all rows, if empty. */
    public static ListQuery of(Optional<String> scope) {
        return new ListQuery(scope, Optional.empty(), Integer.MAX_VALUE);
    }

    /** The same rows, at most so many. */
    public ListQuery limitedTo(int rows) {
        return new ListQuery(scope, filter, sort, after, rows);
    }

    /** The same rows after a position. */
    public ListQuery after(ListPosition position) {
        return new ListQuery(scope, filter, sort, Optional.of(position), rowsMax);
    }

    /** The fields of the order. */
    List<FieldModel> order(CollectionModel model) {
        return sort.map(chosen -> chosen.fields(model)).orElseGet(model::listOrder);
    }

    /** Whether the collection's own statement reads the rows: no filter and no order were chosen. */
    boolean isPlain() {
        return filter.isEmpty() && sort.isEmpty();
    }
}
