package dev.lockstep.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.EntityId;
import dev.lockstep.database.TestDatabase;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RowsOnPostgresqlTest extends RowsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }

    // Not on H2: Hibernate 6.6 has no "skip locked" for it, and waits for the lock instead.
    @Test
    @DisplayName("[MUT10] a row that another transaction holds is reported, not waited for")
    void held() {
        RowImage held = aTask("p1", EARLY, "held");
        RowImage free = aTask("p1", EARLY, "free");
        EntityId missing = new EntityId("missing");
        store(held, free);

        withLocked(
                held,
                holder -> inRows(rows -> {
                    Rows.Locked locked = rows.lock(tasks, new TreeSet<>(List.of(held.id(), free.id(), missing)));
                    assertThat(locked.rows()).containsOnlyKeys(free.id());
                    assertThat(locked.held()).containsExactly(held.id());
                }));
    }
}
