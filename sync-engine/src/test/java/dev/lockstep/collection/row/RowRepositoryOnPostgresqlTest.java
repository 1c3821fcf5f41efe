package dev.lockstep.collection.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.EntityId;
import dev.lockstep.collection.RowImage;
import dev.lockstep.database.TestDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RowRepositoryOnPostgresqlTest extends RowRepositoryFixture {
    RowRepositoryOnPostgresqlTest() {
        super(TestDatabase.postgresql());
    }

    // PostgreSQL only: Hibernate 6.6 has no "skip locked" for H2, and waits for the lock instead.
    @Test
    @Tag("MUT10")
    @DisplayName("[MUT10] a row that another transaction has locked is reported, not waited for")
    void held() {
        RowImage held = aTask("p1", EARLY, "held");
        RowImage free = aTask("p1", EARLY, "free");
        EntityId missing = new EntityId("missing");
        store(held, free);

        withLocked(
                held,
                holder -> inRows(rows -> {
                    RowRepository.Locked locked =
                            rows.lock(tasks, new TreeSet<>(List.of(held.id(), free.id(), missing)));
                    assertThat(locked.rows()).containsOnlyKeys(free.id());
                    assertThat(locked.blocked()).containsExactly(held.id());
                }));
    }

    @Test
    @Tag("COL7")
    @DisplayName("[COL7] with an index on the order, a page reads little more than its rows")
    void pageByIndex() {
        RowImage[] all = IntStream.range(0, 2_000)
                .mapToObj(i -> aTask("p1", EARLY.plusMillis(i), "t" + i))
                .toArray(RowImage[]::new);
        store(all);
        ListQuery page = new ListQuery(Optional.empty(), Optional.of(ListPosition.of(all[1_000])), 10);

        long read = database.transactions().run(scope -> {
            try (Statement statement = scope.connection().createStatement()) {
                statement.execute("create index in_order on workshop_tasks (project, created_at)");
                statement.execute("analyze workshop_tasks");
                long before = rowsRead(statement);
                assertThat(new RowRepository(scope.entities())
                                .stream(tasks, "p1", page).map(RowImage::id))
                        .startsWith(all[999].id(), all[998].id())
                        .hasSize(11);
                long after = rowsRead(statement);
                statement.execute("drop index in_order");
                return after - before;
            }
        });

        assertThat(read).isBetween(11L, 30L);
    }

    private static long rowsRead(Statement statement) throws SQLException {
        try (ResultSet read = statement.executeQuery("select seq_tup_read + coalesce(idx_tup_fetch, 0)"
                + " from pg_stat_xact_user_tables where relname = 'workshop_tasks'")) {
            read.next();
            return read.getLong(1);
        }
    }
}
