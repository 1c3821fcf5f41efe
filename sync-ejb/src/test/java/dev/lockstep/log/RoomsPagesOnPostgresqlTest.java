package dev.lockstep.log;

import static dev.lockstep.log.AnEntry.ANY_GROUP;
import static dev.lockstep.log.AnEntry.anEntry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoomsPagesOnPostgresqlTest extends RoomsPagesContract {
    private static final int BUSY = 5_000;

    /** So often a statement is sent before driver and database keep a plan for it, and some times more. */
    private static final int UNTIL_PREPARED = 20;

    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }

    private static long rowsReadBy(Connection connection) throws SQLException {
        String sql = "select coalesce(sum(seq_tup_read + idx_tup_fetch), 0) from pg_stat_xact_user_tables"
                + " where relname = 'lockstep_action'";
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    @DisplayName("[WIRE4] who follows quiet rooms does not read what others have written")
    void quietRooms() {
        ActionLog log = new ActionLog();
        TestDatabase database = database().emptied();
        List<Entry> busy = Collections.nCopies(BUSY, anEntry().in("p1").entry());
        List<Entry> quiet =
                List.of(anEntry().in("p2").entry(), anEntry().in("p3").entry());
        for (List<Entry> mutation : List.of(busy, quiet, busy)) {
            database.transactions().run(scope -> log.append(scope.connection(), ANY_GROUP, List.of(mutation)));
        }
        List<RoomId> followed = List.of(new RoomId("workshop", "p2"), new RoomId("workshop", "p3"));

        database.transactions().run(scope -> {
            try (Statement analyze = scope.connection().createStatement()) {
                return analyze.execute("analyze lockstep_action");
            }
        });

        long read = database.transactions().run(scope -> {
            long before =
                    rowsReadBy(scope.connection()); // the view also has what was not yet told of earlier transactions
            for (int i = 0; i < UNTIL_PREPARED; i++) {
                log.readAfter(
                        scope.connection(),
                        followed,
                        new Seq(i % 2 == 0 ? 0 : BUSY),
                        new Seq(2 * BUSY + 2),
                        new ActionLog.PageLimits(1_000, 1_000_000));
            }
            return rowsReadBy(scope.connection()) - before;
        });

        assertThat(read).isLessThan(BUSY / 10);
    }
}
