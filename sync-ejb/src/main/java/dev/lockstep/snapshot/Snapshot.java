package dev.lockstep.snapshot;

import dev.lockstep.api.Seq;
import java.io.Closeable;
import java.io.IOException;

/**
 * Rows at one instant. Whoever has it closes it.
 *
 * @param position the last position of the log at that instant: what comes after it, is not in the rows
 * @param rows their JSON in UTF-8
 */
public record Snapshot(Seq position, Spool rows) implements Closeable {
    @Override
    public void close() throws IOException {
        rows.close();
    }
}
