package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.Transactions;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WriterFaultsTest {
    private static final AMutation ASKED = AMutation.in("p1");

    /** Breaks at one of its transactions as nothing should. */
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

    @Test
    @DisplayName("[MUT2] a fault of the server's own gets an answer, and the writer goes on")
    void goesOn() {
        TestDatabase database = TestDatabase.h2().emptied();
        new Workshop(database).alone(ASKED.insertsTool("saw", "taken"));
        // The first try is refused by the database, the second keeps the refusal, and breaks.
        Workshop workshop = new Workshop(database, new Breaking(database.transactions(), 2));
        GroupWriter writer = workshop.writer();
        Thread thread = Workshop.start(writer);
        try {
            CompletionStage<MutationResult> refused =
                    writer.submit(ASKED.by("c", "1").insertsTool("axe", "taken"));
            assertThat(Answer.code(Workshop.get(refused))).isEqualTo(ErrorCode.INTERNAL);
            assertThat(ErrorCode.INTERNAL.retryable()).isTrue();

            CompletionStage<MutationResult> next =
                    writer.submit(ASKED.by("d", "1").insertsTask("a", "t"));
            assertThat(Answer.isApplied(Workshop.get(next))).isTrue();
            CompletionStage<MutationResult> again =
                    writer.submit(ASKED.by("c", "1").insertsTool("axe", "taken"));
            assertThat(Answer.code(Workshop.get(again))).isEqualTo(ErrorCode.IN_USE);
        } finally {
            Workshop.end(writer, thread);
        }
    }
}
