package dev.lockstep.log;

import static dev.lockstep.log.LogEntryFixture.ANY_GROUP;
import static dev.lockstep.log.LogEntryFixture.aMutationOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Seq;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The log under concurrent appends. */
@OnEveryDatabase
class ConcurrentAppendersTest {
    private static final int APPENDERS = 4;
    private static final int TRANSACTIONS_EACH = 30;
    private static final int ACTIONS_EACH = 3;
    private static final long LAST = (long) APPENDERS * TRANSACTIONS_EACH * ACTIONS_EACH;
    private static final int WAIT_SECONDS_MAX = 30;

    private final TestDatabase database;
    private final ActionLog log = new ActionLog();
    private final ExecutorService threads = Executors.newFixedThreadPool(APPENDERS + 1);

    ConcurrentAppendersTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** Two commits in each transaction; every fifth transaction of an appender rolls back. */
    private List<Commit> append() {
        List<Commit> durable = new ArrayList<>();
        for (int i = 0; i < TRANSACTIONS_EACH; i++) {
            if (i % 5 == 0) {
                rollBackAnAppend();
            }
            durable.addAll(database.transactions()
                    .run(scope -> log.append(
                            scope.connection(), ANY_GROUP, List.of(aMutationOf(1), aMutationOf(ACTIONS_EACH - 1)))));
        }
        return durable;
    }

    private void rollBackAnAppend() {
        try {
            database.transactions().run(scope -> {
                log.append(scope.connection(), ANY_GROUP, List.of(aMutationOf(7)));
                throw new IllegalStateException("rolled back");
            });
        } catch (IllegalStateException rolledBack) {
            assertThat(rolledBack).hasMessage("rolled back");
        }
    }

    /** Reads forward while others append, as a node does. */
    private List<Commit> readForward() {
        List<Commit> seen = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        Seq position = Seq.START;
        while (position.value() < LAST && System.nanoTime() < deadline) {
            Seq after = position;
            List<Commit> page = database.transactions().run(scope -> log.readAfter(scope.connection(), after, 10));
            seen.addAll(page);
            position = page.isEmpty() ? position : page.getLast().last();
        }
        return seen;
    }

    @Test
    @Tag("LOG2")
    @DisplayName("[LOG2] concurrent transactions are numbered one after another, and a forward reader misses none")
    void concurrent() throws Exception {
        Future<List<Commit>> reading = threads.submit(this::readForward);
        Callable<List<Commit>> appender = this::append;
        List<Commit> appended = new ArrayList<>();
        for (Future<List<Commit>> done : threads.invokeAll(Collections.nCopies(APPENDERS, appender))) {
            List<Commit> own = done.get();
            assertThat(own).extracting(Commit::first).isSorted();
            appended.addAll(own);
        }
        appended.sort((a, b) -> a.first().compareTo(b.first()));

        List<Commit> seen = reading.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        assertThat(seen).isEqualTo(appended);
        assertThat(seen)
                .flatExtracting(Commit::actions)
                .extracting(action -> action.seq().value())
                .isEqualTo(LongStream.rangeClosed(1, LAST).boxed().toList());
        assertThat(seen)
                .extracting(commit -> commit.actions().getFirst().number())
                .isEqualTo(LongStream.rangeClosed(1, (long) APPENDERS * TRANSACTIONS_EACH * 2)
                        .boxed()
                        .toList());
    }
}
