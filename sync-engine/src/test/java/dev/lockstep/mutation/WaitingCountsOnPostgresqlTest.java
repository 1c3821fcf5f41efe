package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.MutationResult;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.metrics.ShownMetrics;
import dev.lockstep.mutation.batch.BatchWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Metrics of mutations that wait for the writer. PostgreSQL only: see RowRepositoryOnPostgresqlTest. */
class WaitingCountsOnPostgresqlTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final TestDatabase database = TestDatabase.postgresql().emptied();
    private final EngineFixture engine = new EngineFixture(database);
    private final ShownMetrics shown = ShownMetrics.of(engine.metrics);

    private void until(String series, double wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(EngineFixture.ANSWER_SECONDS_MAX);
        while (shown.value(series) != wanted && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        assertThat(shown.value(series)).as(series).isEqualTo(wanted);
    }

    @Test
    @Tag("OPS7")
    @DisplayName("[OPS7] mutations in the queue and mutations blocked by a locked row are counted")
    void waiting() throws Exception {
        engine.alone(IN_ROOM.insertsTask("held", "t"));
        BatchWriter writer = engine.writer();
        CompletableFuture<MutationResult> waits;
        Thread thread;
        try (LockedRow blocked = LockedRow.task(database, "held")) {
            waits = writer.submit(IN_ROOM.retitlesTask("held", "one")).toCompletableFuture();
            assertThat(shown.value("lockstep_queue_mutations")).isEqualTo(1);
            assertThat(shown.value("lockstep_queue_oldest_seconds")).isPositive();

            thread = EngineFixture.start(writer);
            until("lockstep_blocked_mutations", 1);
            assertThat(shown.value("lockstep_queue_mutations")).isZero();
            assertThat(shown.value("lockstep_queue_oldest_seconds")).isZero();
            blocked.release();
        }
        try {
            Results.applied(EngineFixture.get(waits));
            until("lockstep_blocked_mutations", 0);
        } finally {
            EngineFixture.end(writer, thread);
        }
        assertThat(shown.value("lockstep_batch_mutations_within{le=+Inf}")).isEqualTo(2);
        assertThat(shown.value("lockstep_batch_mutations_sum")).isEqualTo(2);
    }
}
