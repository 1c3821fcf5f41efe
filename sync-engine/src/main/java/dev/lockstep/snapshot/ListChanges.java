package dev.lockstep.snapshot;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Seq;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The changes of a list since a position. To be closed by its user.
 *
 * @param position the last position of the log at that instant
 * @param rows the JSON, in UTF-8, of the rows that are new or changed, as they are at that instant
 * @param gone the rows that are no longer in the list
 */
public record ListChanges(Seq position, Spool rows, List<EntityId> gone) implements Closeable {
    public ListChanges {
        gone = List.copyOf(gone);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
