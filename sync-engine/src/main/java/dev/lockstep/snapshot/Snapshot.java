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
 * @param next where the list continues, if there are more rows than requested
 * @param rows their JSON in UTF-8
 * @param ofOneCaller whether other callers may see other rows: then the version does not identify the content
 */
public record Snapshot(Seq position, ListVersion version, Optional<ListPosition> next, Spool rows, boolean ofOneCaller)
        implements Closeable {
    /** A snapshot that is the same for all callers. */
    Snapshot(Seq position, ListVersion version, Optional<ListPosition> next, Spool rows) {
        this(position, version, next, rows, false);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
