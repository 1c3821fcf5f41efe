package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.mutation.batch.BatchWriter;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StoppingTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    /** A database that blocks until the test releases it. */
    private static final class Busy implements Transactions {
        private final Transactions transactions;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        Busy(Transactions transactions) {
            this.transactions = transactions;
        }

        @Override
        public <T> T run(Work<T> work) {
            begun.countDown();
            boolean interrupted = false;
            while (true) {
                try {
                    if (!released.await(EngineFixture.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
                        throw new TransactionFailed(new IllegalStateException("it was not released"));
                    }
                    break;
                } catch (InterruptedException e) {
                    interrupted = true; // like a driver that waits for an answer
                }
            }
            T result = transactions.run(work);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return result;
        }
    }

    @Test
    @Tag("MUT8")
    @DisplayName(
            "[MUT8] the current batch is completed; mutations that wait when the server stops are refused as retryable")
    void stops() throws InterruptedException {
        TestDatabase database = TestDatabase.h2().emptied();
        Busy busy = new Busy(database.transactions());
        EngineFixture engine = new EngineFixture(database, busy);
        BatchWriter writer = engine.writer();
        CompletionStage<MutationResult> atWork = writer.submit(IN_ROOM.insertsTask("a", "t"));
        Thread thread = EngineFixture.start(writer);
        assertThat(busy.begun.await(EngineFixture.ANSWER_SECONDS_MAX, TimeUnit.SECONDS))
                .isTrue();
        List<CompletionStage<MutationResult>> waiting =
                List.of(writer.submit(IN_ROOM.insertsTask("b", "t")), writer.submit(IN_ROOM.insertsTask("c", "t")));

        writer.stop();
        thread.interrupt();
        busy.released.countDown();

        assertThat(Results.isApplied(EngineFixture.get(atWork))).isTrue();
        assertThat(waiting)
                .extracting(EngineFixture::get)
                .extracting(Results::code)
                .containsOnly(ErrorCode.UNAVAILABLE);
        assertThat(Results.code(EngineFixture.get(writer.submit(IN_ROOM.insertsTask("d", "t")))))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(ErrorCode.UNAVAILABLE.retryable()).isTrue();
        assertThat(engine.list("tasks", "p1")).hasSize(1);
    }
}
