package dev.lockstep.snapshot;

import dev.lockstep.api.Seq;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Rows of several collections at one instant. To be closed by its user.
 *
 * @param position the last position of the log at that instant: later changes are not in the rows
 * @param counts the number of rows of each part
 * @param isCut whether the last part that has a count has more rows than requested
 * @param rows their lines in UTF-8
 */
public record BulkSnapshot(Seq position, List<Integer> counts, boolean isCut, Spool rows) implements Closeable {
    public BulkSnapshot {
        counts = List.copyOf(counts);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
