package dev.lockstep.snapshot;

import dev.lockstep.database.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * The cost of an open snapshot for transactions that update the head, on PostgreSQL: the reason to read snapshots fast.
 */
public final class OldSnapshotBenchmark {
    private static final Duration MEASURED = Duration.ofSeconds(5);
    private static final Duration OLD = Duration.ofSeconds(20);

    private OldSnapshotBenchmark() {}

    public static void run() throws SQLException {
        TestDatabase database = TestDatabase.durablePostgresql().emptied();
        try (Connection writer = database.dataSource().getConnection();
                Connection reader = database.dataSource().getConnection();
                Statement settings = writer.createStatement()) {
            settings.execute("set synchronous_commit = off"); // what is measured is the row, not the disk
            System.out.printf("%-28s %10s%n", "", "per s");
            print("head, no snapshot open", updates(writer, MEASURED));
            reader.setAutoCommit(false);
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement look = reader.createStatement()) {
                look.execute("select seq from lockstep_head");
            }
            print("head, a snapshot is opened", updates(writer, MEASURED));
            updates(writer, OLD);
            print("head, it is " + OLD.plus(MEASURED).toSeconds() + " s old", updates(writer, MEASURED));
            reader.rollback();
            reader.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            reader.setAutoCommit(true);
            updates(writer, MEASURED); // the vacuum runs
            print("head, it is closed", updates(writer, MEASURED));
            settings.execute("set synchronous_commit = on");
        }
        database.emptied();
    }

    private static void print(String what, double perSecond) {
        System.out.printf("%-28s %10.0f%n", what, perSecond);
    }

    private static double updates(Connection connection, Duration time) throws SQLException {
        long end = System.nanoTime() + time.toNanos();
        long updates = 0;
        try (PreparedStatement update = connection.prepareStatement("update lockstep_head set seq = seq + 1")) {
            while (System.nanoTime() < end) {
                update.executeUpdate();
                updates++;
            }
        }
        return updates / (time.toNanos() / 1e9);
    }
}
