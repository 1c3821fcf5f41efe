package dev.lockstep.room;

import static dev.lockstep.log.LogEntryFixture.logEntryFixture;

import dev.lockstep.api.Seq;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.LogEntryFixture;
import java.util.ArrayList;
import java.util.List;

/** Commits of rooms of the application "workshop". */
final class CommitFixture {
    private CommitFixture() {}

    /** One action of the collection "tasks" in the room "p1"; its frame number equals its position. */
    static Commit at(long seq) {
        return at(seq, seq, logEntryFixture());
    }

    /** One action with a frame number, or several with the numbers after it. */
    static Commit at(long seq, long number, LogEntryFixture... entries) {
        List<Action> actions = new ArrayList<>();
        for (LogEntryFixture entry : entries) {
            LogEntry content = entry.entry();
            actions.add(new Action(new Seq(seq + actions.size()), number + actions.size(), content));
        }
        return new Commit(actions);
    }
}
