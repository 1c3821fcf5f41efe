package dev.lockstep.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.Transactions.Scope;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.LogEntry;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.mutation.Results;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The last steps of an application's transaction. */
@OnEveryDatabase
class CommitSynchronizationTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");
    private static final Instant BEGUN = Instant.parse("2026-11-21T02:02:03Z");

    private final TestDatabase database;
    private final CollectionRegistry collections = TestDatabase.collections();
    private final ApplicationTransaction transaction = new ApplicationTransaction(BEGUN);

    CommitSynchronizationTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @BeforeEach
    void aSheet() {
        made(
                IN_ROOM.inserts("sheets", "s", Map.of()),
                IN_ROOM.inserts("remarks", "r1", Map.of("sheet", "s")),
                IN_ROOM.inserts("remarks", "r2", Map.of("replyTo", "r1")));
    }

    private void made(Mutation... mutations) {
        assertThat(new EngineFixture(database).together(mutations)).allMatch(Results::isApplied);
    }

    private CollectionModel model(String name) {
        return collections.find("workshop", new CollectionName(name)).orElseThrow();
    }

    private List<String> remarks() {
        return new EngineFixture(database)
                .list("remarks", "p1").stream()
                        .map(Row::id)
                        .map(EntityId::value)
                        .sorted()
                        .toList();
    }

    private void remove(Scope scope, String collection, String id) {
        CollectionModel model = model(collection);
        Object entity = scope.entities().find(model.entity(), id);
        transaction.loaded(entity, RowImage.of(model, entity));
        transaction.removed(entity);
        scope.entities().remove(entity);
    }

    private static SortedSet<EntityId> ids(String id) {
        return new TreeSet<>(List.of(new EntityId(id)));
    }

    /** Application code within its transaction. */
    private interface Work {
        void in(Scope scope) throws SQLException;
    }

    private void completed(Work work, Runnable meanwhile) {
        database.transactions().run(scope -> {
            work.in(scope);
            CommitSynchronization commitSynchronization =
                    new CommitSynchronization(transaction, scope.entities(), collections, new ActionLog());
            assertThat(commitSynchronization.flush()).isTrue();
            meanwhile.run();
            commitSynchronization.append(scope.connection());
            return commitSynchronization;
        });
    }

    private void reported(String sql, ExternalChange externalChange) {
        completed(
                scope -> {
                    try (Statement statement = scope.connection().createStatement()) {
                        statement.execute(sql);
                    }
                    transaction.add(externalChange);
                },
                () -> {});
    }

    @Test
    @Tag("APP6")
    @DisplayName(
            "[APP6] a child that is committed while the transaction completes is deleted too, until its room is locked")
    void committedMeanwhile() {
        completed(
                scope -> remove(scope, "sheets", "s"),
                () -> made(IN_ROOM.inserts("remarks", "r3", Map.of("sheet", "s"))));

        assertThat(remarks()).isEmpty();
    }

    @Test
    @Tag("APP6")
    @DisplayName("[APP6] children of a row that the publisher reports as deleted are deleted")
    void reportedAsDeleted() {
        reported(
                "delete from workshop_sheets where id = 's'",
                new ExternalChange.Gone(model("sheets"), new RoomId("workshop", "p1"), ids("s")));

        assertThat(remarks()).isEmpty();
    }

    @Test
    @Tag("APP6")
    @DisplayName(
            "[APP6] children of a row that the publisher reports as changed, and that is softly deleted, are deleted")
    void reportedAsSoftlyDeleted() {
        reported(
                "update workshop_remarks set deleted_at = updated_at where id = 'r1'",
                new ExternalChange.Changed(model("remarks"), ids("r1"), LogEntry.Kind.UPDATE));

        assertThat(remarks()).isEmpty();
    }

    @Test
    @Tag("APP6")
    @DisplayName("[APP6] a row that has only left its room keeps its children")
    void moved() {
        reported(
                "update workshop_sheets set project = 'p2' where id = 's'",
                new ExternalChange.Gone(model("sheets"), new RoomId("workshop", "p1"), ids("s")));

        assertThat(remarks()).containsExactly("r1", "r2");
    }
}
