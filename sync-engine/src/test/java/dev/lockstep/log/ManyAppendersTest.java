package dev.lockstep.log;

import static dev.lockstep.log.LogEntryFixture.ANY_GROUP;
import static dev.lockstep.log.LogEntryFixture.aMutationOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Seq;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many transactions that append concurrently, with pauses, and a reader with a cursor. The log passes. Numbers from a
 * sequence fail: they are assigned before the commit and visible after it.
 */
@OnEveryDatabase
class ManyAppendersTest {
    /** {@code -Dlockstep.appenders.actions=200000} takes minutes on two cores. */
    private static final long ACTIONS = Long.getLong("lockstep.appenders.actions", 20_000);

    private static final int APPENDERS = 32;
    private static final int ACTIONS_EACH = 25;
    private static final long PAUSE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(2);
    private static final Duration WAIT_MAX = Duration.ofMinutes(10);

    /** The number of runs in which the naive numbering may succeed by chance. */
    private static final int TRIES_MAX = 20;

    private final TestDatabase database;
    private final ExecutorService threads = Executors.newFixedThreadPool(APPENDERS);

    ManyAppendersTest(TestDatabase database) {
        this.database = database;
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** A method of numbering appended actions. */
    private interface Numbering {
        /** Appends {@link #ACTIONS_EACH} actions. */
        void append(Connection connection) throws SQLException;

        /** The next numbers behind a cursor, in order. */
        List<Long> after(Connection connection, long cursor) throws SQLException;
    }

    /** The real log. */
    private static final class ByHead implements Numbering {
        private final ActionLog log = new ActionLog();

        @Override
        public void append(Connection connection) throws SQLException {
            log.append(connection, ANY_GROUP, List.of(aMutationOf(1), aMutationOf(ACTIONS_EACH - 1)));
        }

        @Override
        public List<Long> after(Connection connection, long cursor) throws SQLException {
            return log.readAfter(connection, new Seq(cursor), 1_000).stream()
                    .flatMap(commit -> commit.actions().stream())
                    .map(action -> action.seq().value())
                    .toList();
        }
    }

    /** The simpler method: a sequence of the database numbers each action at its insertion. */
    private static final class BySequence implements Numbering {
        @Override
        public void append(Connection connection) throws SQLException {
            try (Statement insert = connection.createStatement()) {
                for (int i = 0; i < ACTIONS_EACH; i++) {
                    insert.execute("insert into naive_action (seq) values (nextval('naive_seq'))");
                }
            }
        }

        @Override
        public List<Long> after(Connection connection, long cursor) throws SQLException {
            List<Long> page = new ArrayList<>();
            try (PreparedStatement select =
                    connection.prepareStatement("select seq from naive_action where seq > ? order by seq")) {
                select.setLong(1, cursor);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        page.add(rows.getLong(1));
                    }
                }
            }
            return page;
        }

        static BySequence create(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("drop table if exists naive_action");
                statement.execute("drop sequence if exists naive_seq");
                statement.execute("create sequence naive_seq");
                statement.execute("create table naive_action (seq bigint primary key)");
                return new BySequence();
            }
        }
    }

    private static void pause(Random random) {
        if (random.nextInt(4) == 0) {
            LockSupport.parkNanos((long) (random.nextDouble() * PAUSE_NANOS_MAX));
        }
    }

    private static long append(Transactions transactions, Numbering numbering, long seed, long times) {
        Random random = new Random(seed);
        for (long i = 0; i < times; i++) {
            transactions.run(scope -> {
                pause(random);
                numbering.append(scope.connection());
                pause(random);
                return seed;
            });
        }
        return times;
    }

    /**
     * The actions that a forward reader has seen when every append is done, and no action is left behind the cursor.
     */
    private List<Long> readWhileOthersAppend(Numbering numbering, long actions) throws Exception {
        Transactions transactions = database.transactions();
        long times = actions / ACTIONS_EACH / APPENDERS;
        List<Future<Long>> appending = new ArrayList<>();
        for (int i = 0; i < APPENDERS; i++) {
            long seed = i;
            appending.add(threads.submit(() -> append(transactions, numbering, seed, times)));
        }
        List<Long> seen = new ArrayList<>();
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        boolean more = true;
        while (more) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            boolean all = appending.stream().allMatch(Future::isDone);
            long cursor = seen.isEmpty() ? 0 : seen.getLast();
            List<Long> page = transactions.run(scope -> numbering.after(scope.connection(), cursor));
            seen.addAll(page);
            more = !all || !page.isEmpty();
        }
        for (Future<Long> done : appending) {
            assertThat(done.get()).isEqualTo(times);
        }
        return seen;
    }

    private static List<Long> oneTo(long actions) {
        long each = actions / ACTIONS_EACH / APPENDERS;
        return LongStream.rangeClosed(1, each * ACTIONS_EACH * APPENDERS)
                .boxed()
                .toList();
    }

    @Test
    @Tag("LOG2")
    @DisplayName("[LOG2] a forward reader beside 32 appenders misses nothing and sees nothing twice")
    void byHead() throws Exception {
        database.emptied();

        assertThat(readWhileOthersAppend(new ByHead(), ACTIONS)).isEqualTo(oneTo(ACTIONS));
    }

    @Test
    @Tag("LOG2")
    @DisplayName("[LOG2] with numbers from a sequence a forward reader misses some, and the test finds it")
    void bySequence() throws Exception {
        long actions = 10L * ACTIONS_EACH * APPENDERS;
        boolean caught = false;
        for (int i = 0; i < TRIES_MAX && !caught; i++) {
            BySequence naive = database.transactions().run(scope -> BySequence.create(scope.connection()));
            caught = !readWhileOthersAppend(naive, actions).equals(oneTo(actions));
        }

        assertThat(caught).isTrue();
    }
}
