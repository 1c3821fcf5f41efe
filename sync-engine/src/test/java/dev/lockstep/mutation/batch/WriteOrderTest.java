package dev.lockstep.mutation.batch;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Row;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.mutation.Results;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The order of row writes, where keys of the schema require one. */
@OnEveryDatabase
class WriteOrderTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    private final TestDatabase database;
    private final EngineFixture engine;

    WriteOrderTest(TestDatabase database) {
        this.database = database;
        engine = new EngineFixture(database.emptied());
    }

    private void allApplied(Mutation... mutations) {
        assertThat(engine.together(mutations)).allMatch(Results::isApplied);
    }

    /** Writers of a test start with the same batch number: a higher number shows that a batch was split. */
    private int groupNumbers() {
        return database.transactions().run(scope -> {
            try (Statement statement = scope.connection().createStatement();
                    ResultSet batches =
                            statement.executeQuery("select count(distinct group_id) from lockstep_action")) {
                batches.next();
                return batches.getInt(1);
            }
        });
    }

    @AfterEach
    void restoreSchema() {
        database.execute("alter table workshop_folders alter column inside drop not null");
        database.execute("alter table workshop_remarks drop constraint if exists odd_key");
    }

    private String tool(String serial) {
        return Results.applied(engine.alone(IN_ROOM.insertsTool("saw", serial))).rows().stream()
                .flatMap(row -> row.map(Row::id).stream())
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static Map<String, Object> saw(String serial) {
        return Map.of("name", "saw", "serial", serial);
    }

    private List<String> stored(String collection) {
        return engine.stored(collection, "id");
    }

    @Test
    @Tag("MUT16")
    @DisplayName("[MUT16] parents are inserted before their children, whatever the order of the changes")
    void parentsFirst() {
        allApplied(IN_ROOM.bulk(
                insertion("sheets", "s1", Map.of()),
                insertion("remarks", "r1", Map.of("sheet", "s2")),
                insertion("binders", "b", Map.of()),
                insertion("sheets", "s2", Map.of("binder", "b"))));

        assertThat(stored("sheets")).containsExactly("s1", "s2");
        assertThat(engine.commits().getLast().actions())
                .extracting(action -> action.entry().entityId().value())
                .containsExactly("s1", "r1", "b", "s2");
    }

    @Test
    @Tag("MUT16")
    @DisplayName("[MUT16] the same holds in a batch, and updated rows may refer to new parents")
    void parentsFirstInGroup() {
        allApplied(IN_ROOM.inserts("sheets", "moved", Map.of()));
        allApplied(
                IN_ROOM.inserts("sheets", "s1", Map.of()),
                IN_ROOM.inserts("binders", "b", Map.of()),
                IN_ROOM.inserts("sheets", "s2", Map.of("binder", "b")),
                IN_ROOM.updates("sheets", "moved", Map.of("binder", "b")),
                IN_ROOM.inserts("folders", "f", Map.of()));

        assertThat(engine.stored("sheets", "binder_id"))
                .containsOnlyOnce("null")
                .contains("b", "b");
        assertThat(groupNumbers()).isOne();
    }

    @Test
    @Tag("MUT16")
    @DisplayName("[MUT16] a deleted unique value can be used again in the same mutation")
    void freed() {
        String old = tool("unique");
        allApplied(IN_ROOM.bulk(deletion("tools", old), insertion("tools", null, saw("unique"))));

        assertThat(engine.stored("tools", "serial")).containsExactly("unique");
        assertThat(stored("tools")).doesNotContain(old);
    }

    @Test
    @Tag("MUT16")
    @DisplayName("[MUT16] a row whose children have moved is deleted after they moved, whatever else is new")
    void movedOn() {
        allApplied(
                IN_ROOM.inserts("binders", "b1", Map.of()),
                IN_ROOM.inserts("sheets", "s1", Map.of("binder", "b1")),
                IN_ROOM.inserts("sheets", "s2", Map.of("binder", "b1")));
        allApplied(IN_ROOM.bulk(
                insertion("binders", "b2", Map.of()),
                insertion("sheets", "s3", Map.of("binder", "b2")),
                updating("sheets", "s1", Map.of("binder", "b2")),
                deletion("binders", "b1")));

        assertThat(stored("binders")).containsExactly("b2");
        assertThat(stored("sheets")).containsExactly("s1", "s3");
    }

    private Mutation folder(String id, String inside) {
        return IN_ROOM.inserts("folders", id, Map.of("inside", inside));
    }

    @Test
    @Tag("MUT16")
    @DisplayName("[MUT16] rows that are deleted for good in a circle clear their references first")
    void circle() {
        allApplied(
                IN_ROOM.inserts("folders", "top", Map.of()),
                folder("a", "top"),
                folder("b", "a"),
                folder("c", "b"),
                folder("leaf", "c"),
                IN_ROOM.updates("folders", "a", Map.of("inside", "c")));
        allApplied(IN_ROOM.deletes("folders", "b"));

        assertThat(stored("folders")).containsExactly("top");
        assertThat(engine.commits().getLast().actions())
                .filteredOn(action -> action.entry().entityId().value().equals("b"))
                .first()
                .satisfies(action ->
                        assertThat(action.entry().rowBefore().orElseThrow()).contains("\"inside\":\"a\""));
    }

    private void invalid(Mutation mutation) {
        assertThat(Results.code(engine.alone(mutation))).isEqualTo(ErrorCode.INVALID);
    }

    @Test
    @Tag("MUT16")
    @DisplayName("[MUT16] a circle of references that may not be null is refused")
    void requiredCircle() {
        allApplied(folder("a", "a"), folder("b", "a"), IN_ROOM.updates("folders", "a", Map.of("inside", "b")));
        database.execute("alter table workshop_folders alter column inside set not null");

        invalid(IN_ROOM.deletes("folders", "a"));
        assertThat(stored("folders")).containsExactly("a", "b");
    }

    @Test
    @Tag("MUT16")
    @DisplayName("[MUT16] a row that a softly deleted one refers to by a foreign key cannot be deleted for good")
    void boundBySoftlyDeleted() {
        database.execute(
                "alter table workshop_remarks add constraint odd_key foreign key (sheet) references workshop_sheets (id)");
        allApplied(IN_ROOM.inserts("sheets", "s", Map.of()), IN_ROOM.inserts("remarks", "r", Map.of("sheet", "s")));

        invalid(IN_ROOM.deletes("sheets", "s"));
    }
}
