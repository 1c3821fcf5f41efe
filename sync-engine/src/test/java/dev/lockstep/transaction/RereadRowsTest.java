package dev.lockstep.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.Action;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.LogEntry.Kind;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.mutation.Results;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows that another program changes, and that the application reports without knowing what happened. */
@OnEveryDatabase
class RereadRowsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");
    private static final Instant BEGUN = Instant.parse("2026-11-21T02:02:03Z");

    private final TestDatabase database;
    private final CollectionRegistry collections = TestDatabase.collections();

    RereadRowsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @BeforeEach
    void aSheet() {
        assertThat(new EngineFixture(database).together(IN_ROOM.inserts("sheets", "s", Map.of())))
                .allMatch(Results::isApplied);
    }

    private void sql(String sql) {
        database.transactions().run(scope -> {
            try (Statement statement = scope.connection().createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private void reread(String room, String id) {
        reread("sheets", room, id);
    }

    private void reread(String collection, String room, String id) {
        CollectionModel model =
                collections.find("workshop", new CollectionName(collection)).orElseThrow();
        database.transactions().run(scope -> {
            ApplicationTransaction transaction = new ApplicationTransaction(BEGUN);
            transaction.add(new ExternalChange.Reread(model, new RoomId("workshop", room), new EntityId(id)));
            CommitSynchronization commitSynchronization =
                    new CommitSynchronization(transaction, scope.entities(), collections, new ActionLog());
            assertThat(commitSynchronization.flush()).isTrue();
            commitSynchronization.append(scope.connection());
            return transaction;
        });
    }

    /** The entries after that of the sheet. */
    private List<LogEntry> logged() {
        return database
                .transactions()
                .run(scope -> new ActionLog().readAfter(scope.connection(), new Seq(1), 100))
                .stream()
                .flatMap(commit -> commit.actions().stream())
                .map(Action::entry)
                .toList();
    }

    @Test
    @Tag("APP12")
    @DisplayName("[APP12] a row that the server changed itself is not logged again")
    void unchanged() {
        reread("p1", "s");

        assertThat(logged()).isEmpty();
    }

    @Test
    @Tag("APP12")
    @DisplayName("[APP12] a row that SQL inserted is logged as an insert, then its change as an update, each once")
    void insertedAndUpdated() {
        sql("insert into workshop_tasks (id, project, title, effort, created_at, updated_at)"
                + " values ('t', 'p1', 'by SQL', 1, current_timestamp, current_timestamp)");
        reread("tasks", "p1", "t");
        reread("tasks", "p1", "t");
        sql("update workshop_tasks set title = 'by SQL again' where id = 't'");
        reread("tasks", "p1", "t");
        reread("tasks", "p1", "t");

        assertThat(logged()).extracting(LogEntry::kind).containsExactly(Kind.INSERT, Kind.UPDATE);
        assertThat(logged().getLast().rowBefore()).isEqualTo(logged().getFirst().rowAfter());
    }

    @Test
    @Tag("APP12")
    @DisplayName("[APP12] a row that SQL deleted is logged as a delete with its last image, once")
    void deleted() {
        sql("delete from workshop_sheets where id = 's'");
        reread("p1", "s");
        reread("p1", "s");

        assertThat(logged()).extracting(LogEntry::kind).containsExactly(Kind.DELETE);
        assertThat(logged().getFirst().rowBefore().orElseThrow()).contains("\"id\":\"s\"");
    }

    @Test
    @Tag("APP12")
    @DisplayName("[APP12] a row that SQL moved is logged as a delete in its former room and an insert in its new one")
    void moved() {
        sql("update workshop_sheets set project = 'p2' where id = 's'");
        reread("p1", "s");

        assertThat(logged()).extracting(LogEntry::kind).containsExactly(Kind.DELETE, Kind.INSERT);
        assertThat(logged()).extracting(entry -> entry.room().name()).containsExactly("p1", "p2");
    }

    @Test
    @Tag("APP12")
    @DisplayName("[APP12] a row that nobody has ever seen and that does not exist is not logged")
    void unknown() {
        reread("p1", "nobody");

        assertThat(logged()).isEmpty();
    }
}
