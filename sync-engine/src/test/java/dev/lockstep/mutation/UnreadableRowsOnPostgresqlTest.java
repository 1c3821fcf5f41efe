package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.MutationResult;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.mutation.batch.BatchWriter;
import dev.lockstep.sample.stored.Relic;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows that the code cannot read, while another transaction has locked them. */
class UnreadableRowsOnPostgresqlTest {
    private final TestDatabase database = TestDatabase.postgresql().emptied();
    private EngineFixture engine;

    @BeforeEach
    void make() {
        database.execute(
                "drop table if exists workshop_relics",
                Relic.TABLE,
                "insert into workshop_relics (id, project, title, state, age, code) values"
                        + " ('b', 'p', 'a', 'STOLEN', 1, '2'), ('e', 'p', 'a', 'LOST', 2, '4')");
        engine = new EngineFixture(database.with(Relic.class), TestDatabase.collectionsOf(Relic.class));
    }

    @AfterEach
    void drop() {
        database.execute("drop table workshop_relics");
    }

    @Test
    @Tag("MUT10")
    @Tag("CR2")
    @DisplayName("[MUT10][CR2] an unreadable row is locked like others: a locked one blocks no other row")
    void locked() throws Exception {
        assertThat(engine.json("relics", "p")).hasSize(2);
        MutationFixture asked = MutationFixture.in("p");
        BatchWriter writer = engine.writer();
        Thread thread = new Thread();
        try (LockedRow blocked = LockedRow.relic(database, "b")) {
            CompletableFuture<MutationResult> waits = writer.submit(
                            asked.updates("relics", "b", Map.of("state", "LOST")))
                    .toCompletableFuture();
            CompletableFuture<MutationResult> free = writer.submit(
                            asked.updates("relics", "e", Map.of("title", "free")))
                    .toCompletableFuture();
            thread = EngineFixture.start(writer);

            assertThat(EngineFixture.get(free)).matches(Results::isApplied);
            assertThat(waits).isNotDone();
            blocked.release();
            assertThat(EngineFixture.get(waits)).matches(Results::isApplied);
        } finally {
            EngineFixture.end(writer, thread);
        }
    }
}
