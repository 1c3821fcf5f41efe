package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.MutationResult;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.metrics.Shown;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an operator sees of what waits for the writer. Not on H2: see RowsOnPostgresqlTest. */
class WaitingCountsOnPostgresqlTest {
    private static final AMutation ASKED = AMutation.in("p1");
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final TestDatabase database = TestDatabase.postgresql().emptied();
    private final Workshop workshop = new Workshop(database);
    private final Shown shown = Shown.of(workshop.metrics);

    private void until(String series, double wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Workshop.ANSWER_SECONDS_MAX);
        while (shown.value(series) != wanted && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        assertThat(shown.value(series)).as(series).isEqualTo(wanted);
    }

    @Test
    @DisplayName("[OPS7] mutations are counted that wait in the queue, and those that wait for somebody's row")
    void waiting() throws Exception {
        workshop.alone(ASKED.insertsTask("held", "t"));
        GroupWriter writer = workshop.writer();
        CompletableFuture<MutationResult> waits;
        Thread thread;
        try (HeldRow blocked = HeldRow.task(database, "held")) {
            waits = writer.submit(ASKED.retitlesTask("held", "one")).toCompletableFuture();
            assertThat(shown.value("lockstep_queue_mutations")).isEqualTo(1);
            assertThat(shown.value("lockstep_queue_oldest_seconds")).isPositive();

            thread = Workshop.start(writer);
            until("lockstep_held_mutations", 1);
            assertThat(shown.value("lockstep_queue_mutations")).isZero();
            assertThat(shown.value("lockstep_queue_oldest_seconds")).isZero();
            blocked.release();
        }
        try {
            Answer.applied(Workshop.get(waits));
            until("lockstep_held_mutations", 0);
        } finally {
            Workshop.end(writer, thread);
        }
        assertThat(shown.value("lockstep_group_mutations_within{le=+Inf}")).isEqualTo(2);
        assertThat(shown.value("lockstep_group_mutations_sum")).isEqualTo(2);
    }
}
