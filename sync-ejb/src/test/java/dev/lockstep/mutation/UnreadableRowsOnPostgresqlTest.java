package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.MutationResult;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.mutation.batch.BatchWriter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UnreadableRowsOnPostgresqlTest extends UnreadableRowsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }

    @Test
    @DisplayName(
            "[MUT10][CR2] a row that cannot be read is locked like others: one that is held keeps nobody else waiting")
    void held() throws Exception {
        assertThat(engine.json("relics", "p")).hasSize(5);
        MutationFixture asked = MutationFixture.in("p");
        BatchWriter writer = engine.writer();
        Thread thread = new Thread();
        try (LockedRow blocked = LockedRow.relic(database(), "b")) {
            CompletableFuture<MutationResult> waits = writer.submit(
                            asked.updates("relics", "b", Map.of("state", "LOST")))
                    .toCompletableFuture();
            CompletableFuture<MutationResult> free = writer.submit(
                            asked.updates("relics", "e", Map.of("title", "free")))
                    .toCompletableFuture();
            thread = EngineFixture.start(writer);

            assertThat(EngineFixture.get(free)).matches(Answer::isApplied);
            assertThat(waits).isNotDone();
            blocked.release();
            assertThat(EngineFixture.get(waits)).matches(Answer::isApplied);
        } finally {
            EngineFixture.end(writer, thread);
        }
    }
}
