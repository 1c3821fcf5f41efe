package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.MutationResult;
import dev.lockstep.collection.catalog.StoredTables;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.LogEntry;
import dev.lockstep.sample.stored.Whisper;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Entities with rows that cannot be read. */
@OnEveryDatabase
class RestrictionsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p");

    private final TestDatabase database;
    private final CollectionRegistry collections = TestDatabase.collectionsOf(Whisper.class);
    private EngineFixture engine;

    RestrictionsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @BeforeEach
    void make() throws SQLException {
        database.execute("drop table if exists workshop_whispers");
        database.execute(Whisper.TABLE);
        engine = new EngineFixture(database.with(Whisper.class), collections);
        try (Connection connection = database.dataSource().getConnection()) {
            new StoredTables(collections).read(connection);
        }
    }

    @AfterEach
    void drop() {
        database.execute("drop table workshop_whispers");
    }

    private LogEntry last() {
        return engine.commits().getLast().actions().getLast().entry();
    }

    @Test
    @Tag("MUT25")
    @Tag("CW5")
    @DisplayName("[MUT25][CW5] an update that takes a row out of its entity's restriction is sent as a delete")
    void hidden() {
        engine.alone(IN_ROOM.inserts("whispers", "w", Map.of("text", "a")));

        MutationResult answer =
                engine.alone(IN_ROOM.identified("1").updates("whispers", "w", Map.of("text", "b", "hidden", true)));

        assertThat(Results.row(answer)).isEmpty();
        assertThat(last().kind()).isEqualTo(LogEntry.Kind.DELETE);
        assertThat(last().rowBefore().orElseThrow()).contains("\"text\":\"a\"");
        assertThat(engine.replayed("whispers", "p")).isEmpty();
        assertThat(engine.list("whispers", "p")).isEmpty();
        assertThat(engine.alone(IN_ROOM.identified("1").updates("whispers", "w", Map.of("text", "b", "hidden", true))))
                .isEqualTo(Results.again(answer));
        // The row is not visible, but its id is taken.
        assertThat(Results.row(engine.alone(IN_ROOM.updates("whispers", "w", Map.of("hidden", false)))))
                .isEmpty();
        assertThat(engine.alone(IN_ROOM.inserts("whispers", "w", Map.of())))
                .matches(answered -> !Results.isApplied(answered));
    }

    @Test
    @Tag("MUT25")
    @Tag("CW5")
    @DisplayName("[MUT25][CW5] a new row outside the restriction is sent to no session, and does not delay others")
    void hiddenAtOnce() {
        List<MutationResult> answers = engine.together(
                IN_ROOM.identified("1").inserts("whispers", null, Map.of("text", "a", "hidden", true)),
                IN_ROOM.identified("2").inserts("whispers", "seen", Map.of("text", "b")));

        assertThat(answers).allMatch(Results::isApplied);
        assertThat(engine.replayed("whispers", "p")).containsOnlyKeys("seen");
        assertThat(engine.alone(IN_ROOM.identified("1").inserts("whispers", null, Map.of("text", "a", "hidden", true))))
                .isEqualTo(Results.again(answers.getFirst()));
    }
}
