package dev.lockstep.collection.row;

import java.util.Optional;

/**
 * Which rows of a list are wanted.
 *
 * @param scope only rows in it; without one, or where the collection has no scopes, all
 * @param after only rows that come after this place in the collection's order
 * @param rowsMax at most so many
 */
public record ListQuery(Optional<String> scope, Optional<ListPosition> after, int rowsMax) {
    /** The whole list. */
    public static final ListQuery ALL = of(Optional.empty());

    /** All rows of a scope, if there is one. */
    public static ListQuery of(Optional<String> scope) {
        return new ListQuery(scope, Optional.empty(), Integer.MAX_VALUE);
    }
}
