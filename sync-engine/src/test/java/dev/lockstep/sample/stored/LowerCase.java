package dev.lockstep.sample.stored;

import java.sql.Connection;
import java.util.Locale;
import org.h2.api.Trigger;

/** A trigger on H2 for the third column. */
public final class LowerCase implements Trigger {
    @Override
    public void fire(Connection connection, Object[] before, Object[] after) {
        if (after[2] != null) {
            after[2] = String.valueOf(after[2]).toLowerCase(Locale.ROOT);
        }
    }
}
