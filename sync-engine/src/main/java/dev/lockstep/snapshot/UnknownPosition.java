package dev.lockstep.snapshot;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Seq;
import dev.lockstep.log.LogEnd;

/** The refusal of a catch-up from a position after which the log is incomplete. */
final class UnknownPosition {
    private UnknownPosition() {}

    /** Says what is wrong with the position, as far as the end of the log shows it, and what to do. */
    static Refusal refusal(Seq position, LogEnd end) {
        return new Refusal(ErrorCode.BOOTSTRAP_NEEDED, cause(position, end) + ": read the whole list");
    }

    private static String cause(Seq position, LogEnd end) {
        if (position.isAfter(end.head())) {
            return "The cursor " + position.value()
                    + " is newer than this server's log (the database was restored, or the cursor is of another server)";
        }
        if (!end.epoch().contains(position)) {
            return "The cursor " + position.value() + " is of a time before the database was restored";
        }
        return "The log does not hold all changes since the cursor " + position.value()
                + " (it is older than the log is kept, too much has changed since, or your rights have changed)";
    }
}
