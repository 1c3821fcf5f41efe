package dev.lockstep.mutation;

import static dev.lockstep.mutation.Results.applied;
import static dev.lockstep.mutation.Results.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Seq;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.metrics.ShownMetrics;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batches whose commit has no answer. */
@OnEveryDatabase
class LostAnswersTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    private final TestDatabase database;
    private final AtomicBoolean lose = new AtomicBoolean(true);

    LostAnswersTest(TestDatabase database) {
        this.database = database.emptied();
    }

    /** Transactions; the first commit happens without an answer. */
    private <T> T committedInDoubt(Transactions.Work<T> work) {
        T result = database.transactions().run(work);
        if (lose.getAndSet(false)) {
            throw new TransactionFailed(new IllegalStateException("connection lost"), true);
        }
        return result;
    }

    /** Transactions; the first commit does not happen, and has no answer. */
    private <T> T lostInDoubt(Transactions.Work<T> work) {
        if (!lose.getAndSet(false)) {
            return database.transactions().run(work);
        }
        try {
            return database.transactions().run(scope -> {
                work.in(scope);
                throw new IllegalStateException("connection lost");
            });
        } catch (IllegalStateException lost) {
            throw new TransactionFailed(lost, true);
        }
    }

    /** A generic method cannot be a lambda: each kind of transactions is a class. */
    private final class CommittedInDoubt implements Transactions {
        @Override
        public <T> T run(Work<T> work) {
            return committedInDoubt(work);
        }
    }

    private final class LostInDoubt implements Transactions {
        @Override
        public <T> T run(Work<T> work) {
            return lostInDoubt(work);
        }
    }

    @Test
    @Tag("MUT11")
    @DisplayName("[MUT11] a commit without an answer is found in the log, and answered as applied")
    void happened() {
        EngineFixture engine = new EngineFixture(database, new CommittedInDoubt());
        MutationResult answer = engine.alone(IN_ROOM.insertsTask("a", "t"));

        assertThat(applied(answer).last()).isEqualTo(new Seq(1));
        assertThat(engine.commits()).hasSize(1);
        assertThat(engine.published()).hasSize(1);
        assertThat(ShownMetrics.of(engine.metrics).value("lockstep_commits_in_doubt"))
                .isEqualTo(1);
    }

    @Test
    @Tag("MUT11")
    @DisplayName("[MUT11] a commit that did not happen is refused as retryable, and can be sent again")
    void didNotHappen() {
        EngineFixture engine = new EngineFixture(database, new LostInDoubt());
        MutationResult answer = engine.alone(IN_ROOM.identified("m").insertsTask("a", "t"));

        assertThat(code(answer)).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(engine.commits()).isEmpty();
        assertThat(applied(engine.alone(IN_ROOM.identified("m").insertsTask("a", "t")))
                        .last())
                .isEqualTo(new Seq(1));
    }
}
