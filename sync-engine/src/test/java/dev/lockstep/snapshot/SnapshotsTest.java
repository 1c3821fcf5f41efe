package dev.lockstep.snapshot;

import static dev.lockstep.log.LogEntryFixture.ANY_GROUP;
import static dev.lockstep.log.LogEntryFixture.logEntryFixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.database.CountedPauses;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.ReaderThrottle;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.LogEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Consistency of snapshots. */
@OnEveryDatabase
class SnapshotsTest {
    private static final RoomId ANY_ROOM = new RoomId("workshop", "p1");
    private static final int READS = 60;
    private static final long BYTES_MAX = 1024 * 1024;
    private static final CollectionModel TOOLS = TestDatabase.collections()
            .find("workshop", new CollectionName("tools"))
            .orElseThrow();

    private final TestDatabase database;
    private final ActionLog log = new ActionLog();

    SnapshotsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    /** Inserts one tool and appends one action, in one transaction: their counts are always equal. */
    private void insertTool(int number) {
        database.transactions().run(scope -> {
            try (PreparedStatement insert = scope.connection()
                    .prepareStatement("insert into workshop_tools (id, name, created_at) values (?, ?, now())")) {
                insert.setString(1, "tool-%06d".formatted(number));
                insert.setString(2, "n%06d".formatted(number));
                insert.executeUpdate();
            }
            return log.append(scope.connection(), ANY_GROUP, List.of(List.of(toolEntry())));
        });
    }

    private static LogEntry toolEntry() {
        RoomId home = TOOLS.roomOf(ANY_ROOM);
        return logEntryFixture().in(home.name()).of("tools").entry();
    }

    private static long count(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select count(*) from workshop_tools")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    @Timeout(60)
    @Tag("SNAP1")
    @DisplayName("[SNAP1] rows and position are of one instant, while others write")
    void oneInstant() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; !enough.get(); i++) {
                insertTool(i);
            }
        });
        writer.start();
        Snapshots snapshots = new Snapshots(database.transactions(), log, new ReaderThrottle());
        try {
            for (int i = 0; i < READS; i++) {
                try (Snapshot snapshot = snapshots.list(TOOLS, ANY_ROOM, ListQuery.ALL, Optional.empty(), "\n");
                        InputStream rows = snapshot.rows().read()) {
                    String text = new String(rows.readAllBytes(), StandardCharsets.UTF_8);
                    long lines = text.isEmpty() ? 0 : text.split("\n").length;
                    assertThat(snapshot.position()).isEqualTo(new Seq(lines));
                }
            }
        } finally {
            enough.set(true);
            writer.join();
        }
    }

    /** The head of the log, and the number of tools after another transaction has inserted one. */
    private long[] twoLooks(Connection connection) throws SQLException {
        long head = log.head(connection).value();
        CompletableFuture.runAsync(() -> insertTool(2)).join();
        return new long[] {head, count(connection)};
    }

    @Test
    @Tag("SNAP1")
    @DisplayName("[SNAP1] commits after the first read are not seen, in any table")
    void afterTheFirstLook() {
        insertTool(1);
        long[] seen = database.transactions().snapshot(scope -> twoLooks(scope.connection()));

        assertThat(seen).containsExactly(1, 1);
    }

    @Test
    @Tag("SNAP1")
    @DisplayName("[SNAP1] an ordinary transaction sees two instants: the test can fail")
    void ordinaryTransaction() {
        insertTool(1);
        long[] seen = database.transactions().run(scope -> twoLooks(scope.connection()));

        assertThat(seen).containsExactly(1, 2);
    }

    private static SnapshotQuery part(CollectionModel model, int most, Map<String, Predicate<Row>> filters) {
        return new SnapshotQuery(
                model,
                Set.of(""),
                filters,
                Optional.empty(),
                most,
                (out, row) -> out.append(row).append('\n'));
    }

    @Test
    @Tag("SNAP4")
    @DisplayName("[SNAP4] a snapshot of several parts is of one instant, and counts the visible rows of each")
    void collected() throws IOException {
        for (int i = 1; i <= 300; i++) {
            insertTool(i);
        }
        Snapshots snapshots = new Snapshots(database.transactions(), log, new ReaderThrottle());
        SnapshotQuery all = part(TOOLS, Integer.MAX_VALUE, Map.of());
        SnapshotQuery some =
                part(TOOLS, 1000, Map.of("", row -> row.id().value().endsWith("7")));

        try (BulkSnapshot read = snapshots.collect(List.of(all, some), BYTES_MAX);
                InputStream rows = read.rows().read()) {
            assertThat(read.position()).isEqualTo(new Seq(300));
            assertThat(read.counts()).containsExactly(300, 30);
            assertThat(read.isCut()).isFalse();
            assertThat(new String(rows.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .hasSize(330)
                    .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        }
        try (BulkSnapshot read = snapshots.collect(List.of(part(TOOLS, 299, Map.of()), all), BYTES_MAX)) {
            assertThat(read.counts()).containsExactly(299);
            assertThat(read.isCut()).isTrue();
        }
    }

    @Test
    @Tag("STR12")
    @DisplayName("[STR12] more bytes than the limit are refused, and nothing of them is left")
    void tooLarge() throws IOException {
        for (int i = 1; i <= 3; i++) {
            insertTool(i);
        }
        Snapshots snapshots = new Snapshots(database.transactions(), log, new ReaderThrottle());
        SnapshotQuery all = part(TOOLS, Integer.MAX_VALUE, Map.of());
        long bytes;
        try (BulkSnapshot read = snapshots.collect(List.of(all), BYTES_MAX)) {
            bytes = read.rows().size();
        }

        snapshots.collect(List.of(all), bytes).close();
        assertThatThrownBy(() -> snapshots.collect(List.of(all, all), 2 * bytes - 1))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.TOO_LARGE));
        assertThat(snapshots.spooledBytes()).isZero();
    }

    @Test
    @Tag("SNAP5")
    @DisplayName(
            "[SNAP5] a read of many rows pauses for the writer repeatedly, even if the rows are hidden; without a writer it does not")
    void givesWay() throws IOException {
        for (int i = 0; i < 300; i++) {
            insertTool(i);
        }
        CountedPauses pauses = new CountedPauses();
        Snapshots snapshots = new Snapshots(database.transactions(), log, pauses.way());
        SnapshotQuery hidden = part(TOOLS, Integer.MAX_VALUE, Map.of("", row -> false));

        snapshots.collect(List.of(hidden), BYTES_MAX).close();
        assertThat(pauses.count()).isZero();
        pauses.way().write(() -> closed(snapshots.collect(List.of(hidden), BYTES_MAX)));
        assertThat(pauses.count()).isEqualTo(2);
    }

    private static void closed(BulkSnapshot read) {
        try {
            read.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Tag("SNAP1")
    @DisplayName("[SNAP1] rows are in the collection's order, with the separator between them")
    void separated() throws IOException {
        insertTool(2);
        insertTool(1);

        try (Snapshot snapshot = new Snapshots(database.transactions(), log, new ReaderThrottle())
                        .list(TOOLS, ANY_ROOM, ListQuery.ALL, Optional.empty(), ",");
                InputStream rows = snapshot.rows().read()) {
            String text = new String(rows.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).matches(Pattern.compile("\\{.*\"tool-000001\".*},\\{.*\"tool-000002\".*}"));
        }
    }

    /** Transactions with a counter. */
    private static final class Counted implements Transactions {
        private final Transactions transactions;
        private final AtomicInteger begun = new AtomicInteger();

        Counted(Transactions transactions) {
            this.transactions = transactions;
        }

        @Override
        public <T> T run(Work<T> work) {
            begun.incrementAndGet();
            return transactions.run(work);
        }
    }

    @Test
    @Tag("SNAP3")
    @DisplayName("[SNAP3] an unchanged list is read once for any number of requests; a change is seen at once")
    void readOnce() throws IOException {
        insertTool(1);
        Counted counted = new Counted(database.transactions());
        Snapshots snapshots = new Snapshots(counted, log, new ReaderThrottle());
        String first = list(snapshots);
        int looks = counted.begun.get();

        assertThat(list(snapshots)).isEqualTo(first);
        assertThat(counted.begun.get()).isEqualTo(looks + 1); // it only checks whether the list has changed
        assertThat(snapshots.reads()).isEqualTo(1);
        insertTool(2);
        assertThat(list(snapshots)).startsWith(first).contains("tool-000002");
        assertThat(snapshots.reads()).isEqualTo(2);
    }

    private static String list(Snapshots snapshots) throws IOException {
        try (Snapshot snapshot = snapshots.list(TOOLS, ANY_ROOM, ListQuery.ALL, Optional.empty(), ",");
                InputStream rows = snapshot.rows().read()) {
            return new String(rows.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @Tag("SNAP3")
    @DisplayName("[SNAP3] a failed read affects no other request: the next one reads again")
    void failsAlone() throws IOException {
        insertTool(1);
        AtomicInteger begun = new AtomicInteger();
        Snapshots snapshots = new Snapshots(
                new Transactions() {
                    @Override
                    public <T> T run(Work<T> work) {
                        if (begun.incrementAndGet() == 2) {
                            throw new TransactionFailed(new SQLException("the database is away"));
                        }
                        return database.transactions().run(work);
                    }
                },
                log,
                new ReaderThrottle());

        assertThatThrownBy(() -> list(snapshots)).isInstanceOf(TransactionFailed.class);
        assertThat(list(snapshots)).contains("tool-000001");
    }
}
