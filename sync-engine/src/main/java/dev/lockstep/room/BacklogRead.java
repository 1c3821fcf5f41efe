package dev.lockstep.room;

import dev.lockstep.api.Seq;
import java.util.List;

/** The result of reading a part of a subscriber's backlog. */
public sealed interface BacklogRead<T> {
    /**
     * The next page.
     *
     * @param commits the visible commits in a dialect's frames, by Seq
     * @param reached the position up to which this and the earlier pages are complete
     */
    record Page<T>(List<T> commits, Seq reached) implements BacklogRead<T> {
        public Page {
            commits = List.copyOf(commits);
        }
    }

    /**
     * The log does not hold the whole backlog: a part was pruned, or the position is not of this log. The subscriber reads
     * everything again.
     */
    record Lost<T>() implements BacklogRead<T> {}
}
