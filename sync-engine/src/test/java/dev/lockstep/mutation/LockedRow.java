package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;
import java.sql.PreparedStatement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Another transaction that has executed a statement, and rolls back on release. */
final class LockedRow implements AutoCloseable {
    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<?> ended;

    private LockedRow(TestDatabase database, String sql) throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        ended = thread.submit(() -> database.transactions().run(scope -> {
            try (PreparedStatement statement = scope.connection().prepareStatement(sql)) {
                statement.execute();
                blocked.countDown();
                waitFor(released);
                scope.connection().rollback();
                return sql;
            }
        }));
        waitFor(blocked);
    }

    static LockedRow task(TestDatabase database, String id) throws InterruptedException {
        return new LockedRow(database, "select id from workshop_tasks where id = '" + id + "' for update");
    }

    static LockedRow relic(TestDatabase database, String id) throws InterruptedException {
        return new LockedRow(database, "select id from workshop_relics where id = '" + id + "' for update");
    }

    static LockedRow remark(TestDatabase database, String id) throws InterruptedException {
        return new LockedRow(database, "select id from workshop_remarks where id = '" + id + "' for update");
    }

    /** A unique value, inserted and not committed. */
    static LockedRow serial(TestDatabase database, String serial) throws InterruptedException {
        return new LockedRow(
                database,
                "insert into workshop_tools (id, name, serial, created_at) values ('held', 'held', '" + serial
                        + "', current_timestamp)");
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            if (!latch.await(EngineFixture.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited too long");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the transaction; further calls do nothing. */
    void release() throws InterruptedException, ExecutionException, TimeoutException {
        released.countDown();
        ended.get(EngineFixture.ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        released.countDown();
        thread.shutdown();
    }
}
