package dev.lockstep.room;

import static dev.lockstep.log.AnEntry.anEntry;

import dev.lockstep.api.Seq;
import dev.lockstep.log.Action;
import dev.lockstep.log.AnEntry;
import dev.lockstep.log.Commit;
import dev.lockstep.log.Entry;
import java.util.ArrayList;
import java.util.List;

/** Commits of rooms of the application "workshop". */
final class ACommit {
    private ACommit() {}

    /** One action of the collection "tasks" in the room "p1"; its frame has the same number as its place. */
    static Commit at(long seq) {
        return at(seq, seq, anEntry());
    }

    /** One action with a frame number, or several with the numbers after it. */
    static Commit at(long seq, long number, AnEntry... entries) {
        List<Action> actions = new ArrayList<>();
        for (AnEntry entry : entries) {
            Entry content = entry.entry();
            actions.add(new Action(new Seq(seq + actions.size()), number + actions.size(), content));
        }
        return new Commit(actions);
    }
}
