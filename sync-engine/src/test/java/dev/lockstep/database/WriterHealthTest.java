package dev.lockstep.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WriterHealthTest {
    private final AtomicLong now = new AtomicLong(1);
    private final AtomicBoolean works = new AtomicBoolean(true);
    private final WriterHealth readiness = new WriterHealth(now::get);
    private final Transactions watched = readiness.watch(new Transactions() {
        private final Transactions database = TestDatabase.h2().emptied().transactions();

        @Override
        public <T> T run(Work<T> work) {
            if (!works.get()) {
                throw new TransactionFailed(new SQLException("This connection has been closed", "08003"));
            }
            return database.run(work);
        }
    });

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void fail() {
        works.set(false);
        assertThatThrownBy(() -> watched.run(scope -> 1)).isInstanceOf(TransactionFailed.class);
    }

    @Test
    @Tag("MUT20")
    @Tag("CW2")
    @DisplayName("[MUT20][CW2] a node whose writer fails for 5 s is not ready, and is ready again once it can write")
    void failing() {
        assertThat(readiness.canWrite()).isTrue();
        fail();
        pass(WriterHealth.UNABLE_MAX.minusMillis(1));
        assertThat(readiness.canWrite()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(readiness.canWrite()).isFalse();
        readiness.testIfFailing(watched);
        assertThat(readiness.canWrite()).isFalse();
        works.set(true);
        readiness.testIfFailing(watched); // too soon
        assertThat(readiness.canWrite()).isFalse();
        pass(WriterHealth.TEST_INTERVAL);
        readiness.testIfFailing(watched);
        assertThat(readiness.canWrite()).isTrue();
    }

    @Test
    @Tag("MUT20")
    @Tag("CW2")
    @DisplayName("[MUT20][CW2] a node whose writer stays in one transaction for 5 s is not ready until that ends")
    void stalled() {
        watched.run(scope -> {
            pass(WriterHealth.UNABLE_MAX);
            assertThat(readiness.canWrite()).isFalse();
            return 1;
        });

        assertThat(readiness.canWrite()).isTrue();
    }

    @Test
    @Tag("MUT20")
    @Tag("CW2")
    @DisplayName("[MUT20][CW2] a refusal by the database does not count: the writer's own test succeeds")
    void refusals() {
        fail();
        works.set(true);
        pass(WriterHealth.TEST_INTERVAL);
        readiness.testIfFailing(watched);
        pass(WriterHealth.UNABLE_MAX);

        assertThat(readiness.canWrite()).isTrue();
    }
}
