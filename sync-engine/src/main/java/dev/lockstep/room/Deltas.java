package dev.lockstep.room;

import dev.lockstep.api.Seq;
import java.util.List;

/**
 * A page of the changes after a position of the log.
 *
 * @param parts whole commits in a dialect's form, by Seq
 * @param last the last position of the page; the requested one if the page is empty
 * @param more whether another page follows
 */
public record Deltas<T>(List<T> parts, Seq last, boolean more) {
    public Deltas {
        parts = List.copyOf(parts);
    }
}
