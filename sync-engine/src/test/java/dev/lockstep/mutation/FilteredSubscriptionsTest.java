package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.access.RoomSubscription;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.filter.FilterReader;
import dev.lockstep.collection.filter.RowFilter;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.Action;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Feed;
import dev.lockstep.room.RoomSubscriber;
import dev.lockstep.sample.RandomTickets;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Subscriptions with clients' filters, compared with SQL after random mutations. */
@OnEveryDatabase
class FilteredSubscriptionsTest {
    private static final int BATCHES = 500;
    private static final long SEED = 20261130;
    private static final int WAIT_SECONDS_MAX = 30;
    private static final int IDS = 40;
    private static final RoomId ROOM = new RoomId("workshop", "p1");
    private static final CollectionName TICKETS = new CollectionName("tickets");
    private static final Encoder<Commit> ITSELF = commit -> commit;

    /** Filters, and the same conditions in SQL, written by hand. */
    private static final Map<Map<String, @Nullable Object>, String> FILTERS = filters();

    private final TestDatabase database;
    private final WholeEngine engine;
    private final RandomTickets tickets = new RandomTickets(new Random(SEED));
    private final Random random = new Random(SEED);
    private final List<Replica> replicas = new ArrayList<>();
    private final CollectionModel model =
            TestDatabase.collections().find("workshop", TICKETS).orElseThrow();

    FilteredSubscriptionsTest(TestDatabase database) {
        this.database = database.emptied();
        engine = new WholeEngine(
                database, database.transactions(), AccessPolicy.builder().build());
    }

    @AfterEach
    void stop() {
        replicas.forEach(Replica::close);
        engine.close();
    }

    private static Map<Map<String, @Nullable Object>, String> filters() {
        Map<Map<String, @Nullable Object>, String> filters = new LinkedHashMap<>();
        filters.put(Map.of("status", "OPEN"), "status = 'OPEN'");
        filters.put(Map.of("effort", Map.of("gte", 2L, "lt", 5L), "open", true), "effort >= 2 and effort < 5 and open");
        filters.put(
                Map.of("dueAt", Map.of("lte", "2026-11-30T08:00:00.001Z")),
                "due_at < timestamp with time zone '2026-11-30 08:00:00.002+00:00'");
        filters.put(Map.of("assignee", Arrays.asList("alice", null)), "(assignee = 'alice' or assignee is null)");
        filters.put(Map.of("price", Map.of("gt", new BigDecimal("0.25"))), "price > 0.25");
        filters.put(Map.of("position", Map.of("gt", "9007199254740993")), "position > 9007199254740993");
        filters.put(Map.of("dueDay", Map.of("null", false)), "due_day is not null");
        return filters;
    }

    /** A client's rows under a filter. It accepts only the frames that such a client may receive. */
    private final class Replica implements RoomSubscriber, AutoCloseable {
        private final RowFilter filter;
        private final String sql;
        private final CompletableFuture<Joined> joined = new CompletableFuture<>();
        private final Semaphore available = new Semaphore(0);
        private final Map<String, String> rows = new TreeMap<>();
        private final RoomSubscription subscription;

        Replica(Map<String, @Nullable Object> json, String sql) throws Exception {
            this.filter = FilterReader.read(model, json, "filter");
            this.sql = sql;
            this.subscription = engine.rights("alice", ROOM, "tickets")
                    .selecting(Map.of(TICKETS, filter))
                    .subscribe(this);
            joined.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        }

        @Override
        public void onJoined(Joined at) {
            joined.complete(at);
        }

        @Override
        public void onAvailable() {
            available.release();
        }

        void readUpTo(Seq head) throws Exception {
            Feed feed = joined.get().feed();
            while (true) {
                switch (feed.next()) {
                    case Feed.Next.Ready ready -> apply(ready.encoded().commit());
                    case Feed.Next.FellBehind behind -> throw new AssertionError("fell behind");
                    case Feed.Next.Nothing nothing -> {
                        if (!head.isAfter(feed.reached())) {
                            return;
                        }
                        assertThat(available.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
                                .isTrue();
                    }
                }
            }
        }

        void apply(Commit commit) {
            commit.actions().stream().map(Action::entry).forEach(this::apply);
        }

        private void apply(LogEntry entry) {
            String id = entry.entityId().value();
            switch (entry.kind()) {
                case INSERT ->
                    assertThat(rows.put(id, shown(entry))).as("entered twice").isNull();
                case UPDATE ->
                    assertThat(rows.put(id, shown(entry))).as("never entered").isNotNull();
                case DELETE -> assertThat(rows.remove(id)).as("never entered").isNotNull();
                case ARCHIVE, UNARCHIVE, RIGHTS, EVENTS -> throw new AssertionError(entry.kind());
                case WITHHELD -> assertThat(entry.rowAfter()).isEmpty();
            }
        }

        private String shown(LogEntry entry) {
            String row = entry.rowAfter().orElseThrow();
            assertThat(filter.test(new Row(TICKETS, entry.entityId(), row)))
                    .as(row)
                    .isTrue();
            return row;
        }

        Set<String> inSql(Connection connection) throws SQLException {
            Set<String> ids = new TreeSet<>();
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("select id from workshop_tickets where project = 'p1'"
                            + " and deleted_at is null and " + sql)) {
                while (found.next()) {
                    ids.add(found.getString(1));
                }
            }
            return ids;
        }

        @Override
        public void close() {
            subscription.close();
        }
    }

    private Mutation mutation() {
        List<Change> changes = new ArrayList<>();
        int count = random.nextInt(3) == 0 ? 1 + random.nextInt(8) : 1;
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            String id = "t" + random.nextInt(IDS);
            if (ids.add(id)) {
                changes.add(change(id));
            }
        }
        return MutationFixture.in("p1").bulk(changes.toArray(Change[]::new));
    }

    private final TreeSet<String> used = new TreeSet<>();
    private int generation;

    private Change change(String slot) {
        String id = slot + "-" + generation;
        if (used.add(id)) {
            return MutationFixture.insertion("tickets", id, tickets.fields());
        }
        if (random.nextInt(5) == 0) {
            return MutationFixture.deletion("tickets", id);
        }
        Map<String, @Nullable Object> fields = tickets.fields();
        List<String> names = List.copyOf(fields.keySet());
        fields.keySet()
                .retainAll(List.of(names.get(random.nextInt(names.size())), names.get(random.nextInt(names.size()))));
        return MutationFixture.updating("tickets", id, fields);
    }

    @Test
    @Tag("LST12")
    @DisplayName("[LST12] after each of 500 random batches a filtered subscription has the rows that SQL finds")
    void equalToSql() throws Exception {
        for (Map.Entry<Map<String, @Nullable Object>, String> filter : FILTERS.entrySet()) {
            replicas.add(new Replica(filter.getKey(), filter.getValue()));
        }
        int entered = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            generation = batch / 50;
            assertThat(Results.isApplied(
                            engine.submit(mutation()).toCompletableFuture().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS)))
                    .isTrue();
            Seq head = database.transactions().run(scope -> new ActionLog().head(scope.connection()));
            try (Connection connection = database.dataSource().getConnection()) {
                for (Replica replica : replicas) {
                    replica.readUpTo(head);
                    assertThat(replica.rows.keySet())
                            .as("batch " + batch + ", seed " + SEED + ", " + replica.sql)
                            .isEqualTo(replica.inSql(connection));
                    entered += replica.rows.size();
                }
            }
        }
        assertThat(entered).isGreaterThan(BATCHES);
        assertThat(missed()).isTrue();
    }

    /** The backlog from the beginning gives the same rows as the live frames. */
    private boolean missed() throws Exception {
        Replica live = replicas.getFirst();
        Seq head = database.transactions().run(scope -> new ActionLog().head(scope.connection()));
        Map<String, String> expected = new TreeMap<>(live.rows);
        live.rows.clear();
        Seq from = Seq.START;
        while (head.isAfter(from)) {
            BacklogRead<Commit> read = live.subscription
                    .missed(from, head, ITSELF)
                    .toCompletableFuture()
                    .get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
            BacklogRead.Page<Commit> page = (BacklogRead.Page<Commit>) read;
            page.commits().forEach(live::apply);
            from = page.reached();
        }
        return live.rows.equals(expected);
    }
}
