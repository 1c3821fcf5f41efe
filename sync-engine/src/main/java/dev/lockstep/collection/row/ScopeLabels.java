package dev.lockstep.collection.row;

import dev.lockstep.collection.RowImage;
import java.util.Optional;

/**
 * The scopes of live frames. A client applies a frame with a scope to its list of that scope only, and a frame without one
 * to all its lists.
 */
public final class ScopeLabels {
    private ScopeLabels() {}

    /**
     * The scope of a change's frame.
     *
     * @param isNew whether the row is new to its subscribers
     * @param sent the scope of the request: that of its client's list
     * @param ofRow the scope of the row
     */
    public static Optional<String> of(boolean isNew, Optional<String> sent, Optional<String> ofRow) {
        // Without a scope a new row would appear in every list; lists ignore any other change of a row that they lack.
        return sent.isEmpty() && !isNew ? Optional.empty() : ofRow.or(() -> sent);
    }

    /** Whether a row has moved to another list: subscribers see a delete in the one and an insert in the other. */
    public static boolean moved(RowImage before, RowImage after) {
        return before.scope().isPresent()
                && after.scope().isPresent()
                && !before.scope().equals(after.scope());
    }

    /** Whether the row is in the client's list: a row that was moved to another scope is not. */
    public static boolean isInScope(Optional<String> sent, RowImage row) {
        return sent.isEmpty() || row.scope().isEmpty() || row.scope().equals(sent);
    }
}
