package dev.lockstep.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.ReaderThrottle;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Floors;
import dev.lockstep.log.LogEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pages of lists, known lists, and changes of a list since a position. */
@OnEveryDatabase
class ListChangesTest {
    private static final RoomId ROOM = new RoomId("workshop", "p1");
    private static final Optional<String> ANY_SCOPE = Optional.empty();
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private final TestDatabase database;
    private final ActionLog log = new ActionLog();
    private final CollectionModel cards = TestDatabase.collections()
            .find("workshop", new CollectionName("cards"))
            .orElseThrow();
    private final Snapshots snapshots;

    ListChangesTest(TestDatabase database) {
        this.database = database.emptied();
        snapshots = new Snapshots(database.transactions(), log, new ReaderThrottle());
    }

    private void changed(String sql, String card, String room, LogEntry.Kind kind) {
        changed(sql, card, room, kind, Optional.empty(), Optional.empty());
    }

    private void changed(
            String sql, String card, String room, LogEntry.Kind kind, Optional<String> before, Optional<String> after) {
        database.transactions().run(scope -> {
            try (PreparedStatement statement = scope.connection().prepareStatement(sql)) {
                statement.setString(1, card);
                statement.executeUpdate();
            }
            LogEntry entry = new LogEntry(
                    new RoomId("workshop", room),
                    cards.name(),
                    new EntityId(card),
                    new LogEntry.RowChange(kind, after, before),
                    false,
                    1,
                    Optional.empty(),
                    LogEntry.Origin.NONE);
            return log.append(scope.connection(), 1, List.of(List.of(entry)));
        });
    }

    /** All at one time, so that they are listed by id. */
    private void insert(String card, String room, String drawer) {
        changed(
                "insert into workshop_cards (id, project, drawer, created_at, updated_at) values (?, '" + room + "', '"
                        + drawer + "', timestamp '2026-11-21 01:02:03.000004', timestamp '2026-11-21 01:02:03.000004')",
                card,
                room,
                LogEntry.Kind.INSERT);
    }

    private void set(String assignment, String card) {
        changed("update workshop_cards set " + assignment + " where id = ?", card, "p1", LogEntry.Kind.UPDATE);
    }

    private static List<String> ids(Spool rows) {
        try (InputStream read = rows.read()) {
            String text = new String(read.readAllBytes(), StandardCharsets.UTF_8);
            return ID.matcher(text)
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> since(long seq, Optional<String> scope) {
        return since(seq, scope, Optional.empty());
    }

    private List<String> since(long seq, Optional<String> scope, Optional<Predicate<Row>> filter) {
        return since(seq, Optional.empty(), scope, filter);
    }

    private List<String> since(
            long seq, Optional<Caller> user, Optional<String> scope, Optional<Predicate<Row>> filter) {
        ListChanges listChanges = snapshots.since(new Seq(seq), cards, ROOM, user, scope, filter, ",");
        List<String> listed = new ArrayList<>(ids(listChanges.rows()));
        listChanges.gone().forEach(id -> listed.add("-" + id));
        listed.add("@" + listChanges.position());
        return listed;
    }

    @Test
    @Tag("CFS14")
    @DisplayName("[CFS14] a client that knows the list at a position gets new, changed and deleted rows, each once")
    void since() {
        insert("a", "p1", "x");
        insert("b", "p1", "x");
        insert("c", "p1", "x");
        set("title = 't'", "b");
        insert("other", "p2", "x");
        set("deleted_at = now()", "a");
        set("title = 'u'", "b");

        assertThat(since(3, ANY_SCOPE)).containsExactly("b", "-a", "@7");
        assertThat(since(0, ANY_SCOPE)).containsExactly("c", "b", "-a", "@7");
        assertThat(since(7, ANY_SCOPE)).containsExactly("@7");
    }

    @Test
    @Tag("CFS14")
    @DisplayName("[CFS14] a row that has left the scope or the room is deleted from its list")
    void left() {
        insert("a", "p1", "x");
        insert("b", "p1", "x");
        insert("c", "p1", "x");
        set("drawer = 'y'", "a");
        set("project = 'p2'", "b");
        set("title = 't'", "c");

        assertThat(since(3, Optional.of("x"))).containsExactly("c", "-a", "-b", "@6");
        assertThat(since(3, Optional.of("y"))).containsExactly("a", "-b", "-c", "@6");
        assertThat(since(3, ANY_SCOPE)).containsExactly("a", "c", "-b", "@6");
    }

    @Test
    @Tag("CFS14")
    @DisplayName("[CFS14] below the room's floor, and beyond the head, the whole list has to be read")
    void unknown() throws SQLException {
        insert("a", "p1", "x");
        insert("b", "p1", "x");
        database.transactions().run(scope -> {
            try (Statement statement = scope.connection().createStatement()) {
                statement.executeUpdate(
                        "insert into lockstep_room (application, room, stamp) values ('workshop', 'p1', 1)");
            }
            return new Floors().prune(scope.connection(), 2);
        });
        insert("c", "p1", "x");

        assertThat(since(2, ANY_SCOPE)).containsExactly("c", "@3");
        for (long position : new long[] {0, 1, 4}) {
            assertThatThrownBy(() -> since(position, ANY_SCOPE))
                    .isInstanceOfSatisfying(
                            SyncException.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.BOOTSTRAP_NEEDED));
        }
    }

    private void assertRefused(long position, String message) {
        assertThatThrownBy(() -> since(position, ANY_SCOPE)).isInstanceOfSatisfying(SyncException.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(ErrorCode.BOOTSTRAP_NEEDED);
            assertThat(refused.refusal().message()).isEqualTo(message);
        });
    }

    private static Optional<Caller> user(String subject) {
        return Optional.of(new Caller("workshop", Optional.of(subject), Map.of(), Optional.empty()));
    }

    @Test
    @Tag("ACC25")
    @Tag("CFS14")
    @DisplayName("[ACC25][CFS14] a user whose rights changed after the position reads the whole list; others catch up")
    void rightsChangedSince() {
        insert("a", "p1", "x");
        LogEntry change = LogEntry.rightsChanged(RoomId.own("workshop", "bob"), new EntityId("bob"), 1);
        database.transactions().run(scope -> log.append(scope.connection(), 1, List.of(List.of(change))));
        insert("b", "p1", "x");

        assertThatThrownBy(() -> since(1, user("bob"), ANY_SCOPE, Optional.empty()))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.BOOTSTRAP_NEEDED));
        assertThat(since(2, user("bob"), ANY_SCOPE, Optional.empty())).containsExactly("b", "@3");
        assertThat(since(1, user("eva"), ANY_SCOPE, Optional.empty())).containsExactly("b", "@3");
        assertThat(since(1, Optional.empty(), ANY_SCOPE, Optional.empty())).containsExactly("b", "@3");
    }

    @Test
    @Tag("CFS14")
    @Tag("CD3")
    @DisplayName("[CFS14][CD3] a catch-up that the log cannot serve states what is wrong with its cursor")
    void causes() {
        insert("a", "p1", "x");

        assertRefused(
                99,
                "The cursor 99 is newer than this server's log (the database was restored, or the cursor is of another"
                        + " server): read the whole list");
        database.transactions().run(scope -> {
            try (Statement statement = scope.connection().createStatement()) {
                statement.executeUpdate("update lockstep_head set seq = 50");
                return statement.executeUpdate("update lockstep_epoch set began = 40");
            }
        });
        assertRefused(1, "The cursor 1 is of a time before the database was restored: read the whole list");
        assertThat(since(40, ANY_SCOPE)).containsExactly("@50");
        database.transactions().run(scope -> {
            try (Statement statement = scope.connection().createStatement()) {
                return statement.executeUpdate(
                        "insert into lockstep_room (application, room, stamp, floor) values ('workshop', 'p1', 1, 45)");
            }
        });
        assertRefused(
                41,
                "The log does not hold all changes since the cursor 41 (it is older than the log is kept, too much has"
                        + " changed since, or your rights have changed): read the whole list");
    }

    /** The image of a card contains the word that the filter looks for. */
    private static boolean isShown(Row row) {
        return row.json().contains("shown");
    }

    private void become(String title, String card, String before, String after) {
        changed(
                "update workshop_cards set title = '" + title + "' where id = ?",
                card,
                "p1",
                LogEntry.Kind.UPDATE,
                Optional.of(before),
                Optional.of(after));
    }

    @Test
    @Tag("ACC18")
    @DisplayName("[ACC18] a deleted id is named only if an image of its row since the position was visible")
    void goneFromSight() {
        for (String card : List.of("a", "b", "c", "d")) {
            insert(card, "p1", "x");
        }
        become("hidden", "a", "shown", "hidden");
        become("hidden", "b", "hidden", "hidden");
        become("shown", "c", "hidden", "shown");
        become("shown", "d", "hidden", "shown");
        become("hidden", "d", "shown", "hidden");

        assertThat(since(4, ANY_SCOPE, Optional.of(ListChangesTest::isShown))).containsExactly("c", "-a", "-d", "@9");
        assertThat(since(5, ANY_SCOPE, Optional.of(ListChangesTest::isShown))).containsExactly("c", "-d", "@9");
        assertThat(since(9, ANY_SCOPE, Optional.of(ListChangesTest::isShown))).containsExactly("@9");
    }

    @Test
    @Tag("ACC18")
    @DisplayName("[ACC18] where the log does not hold the image of a hidden row, the whole list has to be read")
    void unknownImage() {
        insert("a", "p1", "x");
        set("title = 'hidden'", "a");

        assertThatThrownBy(() -> since(1, ANY_SCOPE, Optional.of(ListChangesTest::isShown)))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.BOOTSTRAP_NEEDED));
    }

    @Test
    @Tag("ACC16")
    @DisplayName("[ACC16] pages of a filtered list are full, and continue after the last visible row")
    void filteredPages() {
        for (String card : List.of("a", "b", "c", "d", "e", "f")) {
            insert(card, "p1", "x");
        }
        for (String card : List.of("b", "d", "f")) {
            set("title = 'shown'", card);
        }
        Snapshot first = snapshots.filtered(
                cards,
                ROOM,
                new ListQuery(ANY_SCOPE, Optional.empty(), 2),
                ReadableRows.of(ListChangesTest::isShown),
                ",");
        assertThat(ids(first.rows())).containsExactly("b", "d");
        Snapshot second = snapshots.filtered(
                cards, ROOM, new ListQuery(ANY_SCOPE, first.next(), 2), ReadableRows.of(ListChangesTest::isShown), ",");
        assertThat(ids(second.rows())).containsExactly("f");
        assertThat(second.next()).isEmpty();
        assertThat(first.ofOneCaller()).isTrue();
        assertThat(ids(page(ListQuery.ALL).rows())).hasSize(6);
    }

    private Snapshot page(ListQuery wanted) {
        return snapshots.list(cards, ROOM, wanted, Optional.empty(), ",");
    }

    @Test
    @Tag("CFS13")
    @DisplayName("[CFS13] the pages of a list are the list, and continue even if their last row is deleted")
    void pages() {
        for (String card : List.of("a", "b", "c", "d", "e")) {
            insert(card, "p1", "x");
        }
        Snapshot first = page(new ListQuery(Optional.of("x"), Optional.empty(), 2));
        assertThat(ids(first.rows())).containsExactly("a", "b");
        set("deleted_at = now()", "b");
        Snapshot second = page(new ListQuery(Optional.of("x"), first.next(), 2));
        assertThat(ids(second.rows())).containsExactly("c", "d");
        Snapshot third = page(new ListQuery(Optional.of("x"), second.next(), 2));
        assertThat(ids(third.rows())).containsExactly("e");
        assertThat(third.next()).isEmpty();
        assertThat(page(new ListQuery(ANY_SCOPE, Optional.empty(), 4)).next()).isEmpty();
    }

    @Test
    @Tag("CFS12")
    @DisplayName("[CFS12] a known list is not read again until something in it changes")
    void seen() {
        insert("a", "p1", "x");
        Snapshot first = page(ListQuery.ALL);
        insert("elsewhere", "p2", "x");
        Snapshot again = snapshots.list(cards, ROOM, ListQuery.ALL, Optional.of(first.version()), ",");
        assertThat(again.version()).isEqualTo(first.version());
        assertThat(ids(again.rows())).isEmpty();
        set("title = 't'", "a");
        Snapshot changed = snapshots.list(cards, ROOM, ListQuery.ALL, Optional.of(first.version()), ",");
        assertThat(ids(changed.rows())).containsExactly("a");
    }
}
