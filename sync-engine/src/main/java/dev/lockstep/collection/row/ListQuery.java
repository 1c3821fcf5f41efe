package dev.lockstep.collection.row;

import java.util.Optional;

/**
 * The requested rows of a list.
 *
 * @param scope only rows in this scope; all rows if empty, or if the collection has no scopes
 * @param after only rows after this position in the collection's order
 * @param rowsMax most rows
 */
public record ListQuery(Optional<String> scope, Optional<ListPosition> after, int rowsMax) {
    /** The whole list. */
    public static final ListQuery ALL = of(Optional.empty());

    /** All rows of a scope; all rows, if empty. */
    public static ListQuery of(Optional<String> scope) {
        return new ListQuery(scope, Optional.empty(), Integer.MAX_VALUE);
    }
}
