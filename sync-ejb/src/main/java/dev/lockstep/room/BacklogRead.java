package dev.lockstep.room;

import dev.lockstep.api.Seq;
import java.util.List;

/** What a follower missed, as far as it was read. */
public sealed interface BacklogRead<T> {
    /**
     * The next of it.
     *
     * @param commits what each room shows of each commit, in a dialect's frames, by Seq
     * @param reached everything up to it is in this page, or was in those before
     */
    record Page<T>(List<T> commits, Seq reached) implements BacklogRead<T> {
        public Page {
            commits = List.copyOf(commits);
        }
    }

    /**
     * The log cannot tell: it was pruned since, or the position is none of its own. The follower reads everything anew.
     */
    record Lost<T>() implements BacklogRead<T> {}
}
