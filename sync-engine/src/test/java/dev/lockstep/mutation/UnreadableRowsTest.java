package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.MutationResult;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.catalog.StoredTables;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.stored.Relic;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows with values that the code cannot read. */
@OnEveryDatabase
class UnreadableRowsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p");

    private final TestDatabase database;
    private final CollectionRegistry collections = TestDatabase.collectionsOf(Relic.class);
    EngineFixture engine;

    UnreadableRowsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @BeforeEach
    void make() throws SQLException {
        database.execute("drop table if exists workshop_relics");
        database.execute(Relic.TABLE);
        engine = new EngineFixture(database.with(Relic.class), collections);
        try (Connection connection = database.dataSource().getConnection()) {
            new StoredTables(collections).read(connection);
        }
    }

    @AfterEach
    void drop() {
        database.execute("drop table workshop_relics");
    }

    private void stored(String id, String state, String age, String code) {
        database.execute("insert into workshop_relics (id, project, title, state, age, code) values ('" + id
                + "', 'p', 'a', " + state + ", " + age + ", " + code + ")");
    }

    @BeforeEach
    void rows() {
        stored("a", "'FOUND'", "1", "'2'");
        stored("b", "'STOLEN'", "1", "'2'");
        stored("c", "'LOST'", "null", "'2'");
        stored("d", "'LOST'", "1", "'3'");
        stored("e", "'LOST'", "2", "'4'");
    }

    @Test
    @Tag("COL31")
    @Tag("CR2")
    @DisplayName("[COL31][CR2] lists and bootstraps show unreadable values as null, and all other rows as they are")
    void shown() {
        List<String> expected = List.of(
                "{\"id\":\"a\",\"project\":\"p\",\"title\":\"a\",\"state\":\"FOUND\",\"age\":1,\"code\":2}",
                "{\"id\":\"b\",\"project\":\"p\",\"title\":\"a\",\"state\":null,\"age\":1,\"code\":2}",
                "{\"id\":\"c\",\"project\":\"p\",\"title\":\"a\",\"state\":\"LOST\",\"age\":null,\"code\":2}",
                "{\"id\":\"d\",\"project\":\"p\",\"title\":\"a\",\"state\":\"LOST\",\"age\":1,\"code\":null}",
                "{\"id\":\"e\",\"project\":\"p\",\"title\":\"a\",\"state\":\"LOST\",\"age\":2,\"code\":4}");

        assertThat(engine.json("relics", "p")).isEqualTo(expected);

        CollectionModel model = collections.require(Relic.class);
        List<String> read = new ArrayList<>();
        database.with(Relic.class)
                .transactions()
                .run(scope -> new RowRepository(scope.entities())
                        .read(
                                model,
                                List.of("p"),
                                Optional.empty(),
                                Integer.MAX_VALUE,
                                row -> read.add(row.row().json())));
        assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    @Tag("COL31")
    @Tag("CR2")
    @DisplayName(
            "[COL31][CR2] an unreadable row can be repaired, updated and deleted, and others beside it, before it was read")
    void mended() {
        List<MutationResult> answers = engine.together(
                IN_ROOM.updates("relics", "b", Map.of("state", "LOST")),
                IN_ROOM.updates("relics", "c", Map.of("age", 7L)),
                IN_ROOM.updates("relics", "d", Map.of("title", "still odd")),
                IN_ROOM.updates("relics", "e", Map.of("title", "fine")),
                IN_ROOM.deletes("relics", "a"));

        assertThat(answers).allMatch(Results::isApplied);
        assertThat(Results.row(answers.get(0)).orElseThrow()).contains("\"state\":\"LOST\"");
        assertThat(Results.row(answers.get(2)).orElseThrow()).contains("\"title\":\"still odd\"", "\"code\":null");
        assertThat(engine.json("relics", "p"))
                .hasSize(4)
                .containsExactlyInAnyOrderElementsOf(
                        engine.replayed("relics", "p").values());
        assertThat(engine.stored("relics", "age")).containsExactlyInAnyOrder("1", "7", "1", "2");
        assertThat(engine.stored("relics", "code")).contains("3");

        assertThat(engine.together(
                        IN_ROOM.deletes("relics", "d"), IN_ROOM.updates("relics", "b", Map.of("title", "again"))))
                .allMatch(Results::isApplied);
        assertThat(engine.json("relics", "p")).hasSize(3);
    }
}
