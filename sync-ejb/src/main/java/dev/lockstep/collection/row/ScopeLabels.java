package dev.lockstep.collection.row;

import dev.lockstep.collection.RowImage;
import java.util.Optional;

/**
 * The scopes that live frames carry. A client applies a frame with a scope to its list of that scope only, and one without
 * to every list it has.
 */
public final class ScopeLabels {
    private ScopeLabels() {}

    /**
     * The label of a change to a row.
     *
     * @param isNew whether its followers have not had the row before
     * @param sent the scope of the request: the list that its client looks at
     * @param ofRow the scope that the row has
     */
    public static Optional<String> of(boolean isNew, Optional<String> sent, Optional<String> ofRow) {
        // A new row without a label would show up in every list; any other change is passed over where the row is not.
        return sent.isEmpty() && !isNew ? Optional.empty() : ofRow.or(() -> sent);
    }

    /** Whether a row has come to another list: to followers it is gone from the one, and new in the other. */
    public static boolean moved(RowImage before, RowImage after) {
        return before.scope().isPresent()
                && after.scope().isPresent()
                && !before.scope().equals(after.scope());
    }

    /** Whether a client that looks at this list can mean the row: one that was moved away is none of its rows. */
    public static boolean isInScope(Optional<String> sent, RowImage row) {
        return sent.isEmpty() || row.scope().isEmpty() || row.scope().equals(sent);
    }
}
