package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.Transactions;
import dev.lockstep.delivery.BatchPublication;
import dev.lockstep.delivery.CommittedMutation;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.mutation.batch.BatchWriter;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WriterFaultsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    /** Fails with an Error at one of its transactions. */
    private static final class Breaking implements Transactions {
        private final Transactions transactions;
        private final AtomicInteger until;

        Breaking(Transactions transactions, int at) {
            this.transactions = transactions;
            this.until = new AtomicInteger(at);
        }

        @Override
        public <T> T run(Work<T> work) {
            if (until.decrementAndGet() == 0) {
                throw new IllegalStateException("as the test wants it");
            }
            return transactions.run(work);
        }
    }

    private static OutOfMemoryError thrownByTest() {
        return new OutOfMemoryError("as the test wants it");
    }

    /** Counts like any other, but fails at the first batch. */
    private static final class BreakingMetrics extends Metrics {
        private final AtomicBoolean whole = new AtomicBoolean();

        @Override
        public void committed(int mutations, long nanos) {
            if (whole.compareAndSet(false, true)) {
                throw thrownByTest();
            }
            super.committed(mutations, nanos);
        }
    }

    /** Fails at the first publication, and counts announced batches that were neither published nor withdrawn. */
    private static final class BreakingPublication implements BatchPublication {
        private final AtomicInteger announced = new AtomicInteger();
        private final AtomicBoolean whole;

        BreakingPublication(boolean whole) {
            this.whole = new AtomicBoolean(whole);
        }

        @Override
        public void announce() {
            announced.incrementAndGet();
        }

        @Override
        public void withdraw() {
            announced.decrementAndGet();
        }

        @Override
        public void publish(List<CommittedMutation> batch) {
            if (whole.compareAndSet(false, true)) {
                throw thrownByTest();
            }
            announced.decrementAndGet();
            batch.forEach(committed -> committed.answer().run());
        }
    }

    /** The answers of such a writer to two mutations in two batches. */
    private static List<MutationResult> oneAfterTheOther(BatchWriter writer) {
        Thread thread = EngineFixture.start(writer);
        try {
            return Stream.of("a", "b")
                    .map(id -> EngineFixture.get(writer.submit(IN_ROOM.insertsTask(id, "t"))))
                    .toList();
        } finally {
            EngineFixture.end(writer, thread);
        }
    }

    @Test
    @Tag("MUT2")
    @DisplayName(
            "[MUT2] an Error between the queue and the database refuses the mutations that were taken, and the writer continues")
    void errorInTheQueue() {
        EngineFixture engine = new EngineFixture(TestDatabase.h2().emptied());
        BatchWriter writer = engine.writer();
        List<PreparedChange> broken = new AbstractList<>() {
            @Override
            public PreparedChange get(int index) {
                throw thrownByTest();
            }

            @Override
            public int size() {
                throw thrownByTest();
            }
        };
        CompletionStage<MutationResult> before = writer.submit(IN_ROOM.insertsTask("a", "t"));
        CompletionStage<MutationResult> at = writer.enqueue(new QueuedMutation(IN_ROOM.insertsTask("b", "t"), broken));
        CompletionStage<MutationResult> behind = writer.submit(IN_ROOM.insertsTask("c", "t"));
        Thread thread = EngineFixture.start(writer);
        try {
            assertThat(Results.code(EngineFixture.get(before))).isEqualTo(ErrorCode.INTERNAL);
            assertThat(Results.code(EngineFixture.get(at))).isEqualTo(ErrorCode.INTERNAL);
            assertThat(Results.isApplied(EngineFixture.get(behind))).isTrue();
        } finally {
            EngineFixture.end(writer, thread);
        }
        assertThat(engine.list("tasks", "p1")).hasSize(1);
    }

    @Test
    @Tag("MUT2")
    @DisplayName(
            "[MUT2] an Error after the commit changes no answer: applied mutations are answered as applied, and published")
    void errorAfterTheCommit() {
        BreakingPublication publication = new BreakingPublication(true);
        EngineFixture engine = new EngineFixture(TestDatabase.h2().emptied());

        assertThat(oneAfterTheOther(engine.writer(publication, new BreakingMetrics())))
                .allMatch(Results::isApplied);
        assertThat(publication.announced).hasValue(0);
    }

    @Test
    @Tag("MUT2")
    @DisplayName("[MUT2] a batch that cannot be published is answered, and withdrawn, so that the log reader finds it")
    void errorAtHandingOver() {
        BreakingPublication publication = new BreakingPublication(false);
        EngineFixture engine = new EngineFixture(TestDatabase.h2().emptied());

        assertThat(oneAfterTheOther(engine.writer(publication, new Metrics()))).allMatch(Results::isApplied);
        assertThat(publication.announced).hasValue(0);
        assertThat(engine.commits()).hasSize(2);
    }

    @Test
    @Tag("MUT2")
    @DisplayName("[MUT2] a fault of the server itself is answered, and the writer continues")
    void goesOn() {
        TestDatabase database = TestDatabase.h2().emptied();
        new EngineFixture(database).alone(IN_ROOM.insertsTool("saw", "taken"));
        // The first try is refused by the database, the second stores the refusal, and fails.
        EngineFixture engine = new EngineFixture(database, new Breaking(database.transactions(), 2));
        BatchWriter writer = engine.writer();
        Thread thread = EngineFixture.start(writer);
        try {
            CompletionStage<MutationResult> refused =
                    writer.submit(IN_ROOM.by("c", "1").insertsTool("axe", "taken"));
            assertThat(Results.code(EngineFixture.get(refused))).isEqualTo(ErrorCode.INTERNAL);
            assertThat(ErrorCode.INTERNAL.retryable()).isTrue();

            CompletionStage<MutationResult> next =
                    writer.submit(IN_ROOM.by("d", "1").insertsTask("a", "t"));
            assertThat(Results.isApplied(EngineFixture.get(next))).isTrue();
            CompletionStage<MutationResult> again =
                    writer.submit(IN_ROOM.by("c", "1").insertsTool("axe", "taken"));
            assertThat(Results.code(EngineFixture.get(again))).isEqualTo(ErrorCode.IN_USE);
        } finally {
            EngineFixture.end(writer, thread);
        }
    }
}
