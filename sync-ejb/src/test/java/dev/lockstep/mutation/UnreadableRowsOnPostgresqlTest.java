package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.MutationResult;
import dev.lockstep.database.TestDatabase;
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
        assertThat(workshop.json("relics", "p")).hasSize(5);
        AMutation asked = AMutation.in("p");
        GroupWriter writer = workshop.writer();
        Thread thread = new Thread();
        try (HeldRow blocked = HeldRow.relic(database(), "b")) {
            CompletableFuture<MutationResult> waits = writer.submit(
                            asked.updates("relics", "b", Map.of("state", "LOST")))
                    .toCompletableFuture();
            CompletableFuture<MutationResult> free = writer.submit(
                            asked.updates("relics", "e", Map.of("title", "free")))
                    .toCompletableFuture();
            thread = Workshop.start(writer);

            assertThat(Workshop.get(free)).matches(Answer::isApplied);
            assertThat(waits).isNotDone();
            blocked.release();
            assertThat(Workshop.get(waits)).matches(Answer::isApplied);
        } finally {
            Workshop.end(writer, thread);
        }
    }
}
