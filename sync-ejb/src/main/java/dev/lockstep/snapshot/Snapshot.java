package dev.lockstep.snapshot;

import dev.lockstep.api.Seq;
import dev.lockstep.collection.row.ListPosition;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * Rows at one instant. To be closed by its user.
 *
 * @param position the last position of the log at that instant: later changes are not in the rows
 * @param version of the list at that instant
 * @param next where the list goes on, if there are more rows than were asked for
 * @param rows their JSON in UTF-8
 * @param ofOneCaller whether others may be shown other rows: then the version does not tell one state from another
 */
public record Snapshot(Seq position, ListVersion version, Optional<ListPosition> next, Spool rows, boolean ofOneCaller)
        implements Closeable {
    /** One that is the same for all who ask. */
    Snapshot(Seq position, ListVersion version, Optional<ListPosition> next, Spool rows) {
        this(position, version, next, rows, false);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
