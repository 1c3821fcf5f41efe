package dev.lockstep.room;

import dev.lockstep.api.Seq;
import java.util.List;

/**
 * What came after a position of the log, a page of it.
 *
 * @param parts what is told of whole commits, by Seq, in a dialect's form
 * @param last the last position that the page tells of; the one that was asked from, if it tells of nothing
 * @param more whether there is another page
 */
public record Deltas<T>(List<T> parts, Seq last, boolean more) {
    public Deltas {
        parts = List.copyOf(parts);
    }
}
