package dev.lockstep.log;

import java.util.List;

/** The approximate size of a page of the log, in actions and in characters. */
public record PageLimits(int actionsMax, long charactersMax) {
    static final PageLimits NONE = new PageLimits(Integer.MAX_VALUE, Long.MAX_VALUE);

    boolean reachedBy(List<ActionRow> rows) {
        return rows.size() >= actionsMax || ActionRow.characters(rows) >= charactersMax;
    }

    /** The remaining limits after these rows. */
    PageLimits after(List<ActionRow> rows) {
        return new PageLimits(actionsMax - rows.size(), charactersMax - ActionRow.characters(rows));
    }
}
