package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Refusal;
import dev.lockstep.collection.catalog.StoredTables;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.stored.Scroll;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Long texts and long numbers. */
@OnEveryDatabase
class LongTextsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p");

    private final TestDatabase database;
    private final CollectionRegistry collections = TestDatabase.collectionsOf(Scroll.class);
    private EngineFixture engine;

    LongTextsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @BeforeEach
    void make() throws SQLException {
        database.execute("drop table if exists workshop_scrolls");
        database.execute(Scroll.TABLE.formatted(database.isH2() ? "clob" : "text"));
        engine = new EngineFixture(database.with(Scroll.class), collections);
        try (Connection connection = database.dataSource().getConnection()) {
            new StoredTables(collections).read(connection);
        }
    }

    @AfterEach
    void drop() {
        database.execute("drop table workshop_scrolls");
    }

    private Refusal refused(Map<String, Object> fields) {
        return Results.refused(engine.alone(IN_ROOM.inserts("scrolls", "s", Map.copyOf(fields))))
                .refusal();
    }

    @Test
    @Tag("COL30")
    @Tag("CR4")
    @DisplayName(
            "[COL30][CR4] a text has at most a million characters, a row at most 1,048,576 as JSON; the refusal names the field")
    void limits() {
        String million = "a".repeat(1_000_000);
        assertThat(engine.alone(IN_ROOM.inserts("scrolls", "long", Map.of("beginning", million))))
                .matches(Results::isApplied);
        assertThat(engine.json("scrolls", "p").getFirst()).contains(million);

        assertThat(refused(Map.of("beginning", million + "a")).issues())
                .containsExactly(new Refusal.Issue("beginning", "is too long: at most 1000000 characters"));
        assertThat(refused(Map.of("beginning", "a", "ending", "\u0001".repeat(200_000)))
                        .issues())
                .extracting(Refusal.Issue::path)
                .containsExactly("ending");
        Refusal together = Results.refused(
                        engine.alone(IN_ROOM.updates("scrolls", "long", Map.of("ending", "b".repeat(100_000)))))
                .refusal();
        assertThat(together.message())
                .isEqualTo("beginning: makes the record longer than 1048576 characters as JSON; shorten it");
    }

    @Test
    @Tag("COL30")
    @Tag("CR4")
    @DisplayName("[COL30][CR4] a text longer than its column is refused by the field's name, trailing blanks included")
    void column() {
        assertThat(refused(Map.of("title", "abc   ")).issues())
                .containsExactly(new Refusal.Issue("title", "is too long: at most 5 characters"));
    }

    @Test
    @Tag("COL29")
    @Tag("CR3")
    @DisplayName("[COL29][CR3] with @SendAs(TEXT) a number is sent as a text and keeps all of its digits")
    void numbersAsTexts() {
        String row = Results.row(engine.alone(IN_ROOM.inserts(
                        "scrolls",
                        "s",
                        Map.of("number", "9007199254740993", "price", "12345678901234567890123456789012345678"))))
                .orElseThrow();

        assertThat(row)
                .contains("\"number\":\"9007199254740993\"")
                .contains("\"price\":\"12345678901234567890123456789012345678\"")
                .isEqualTo(engine.json("scrolls", "p").getFirst());
        assertThat(refused(Map.of("number", 1L)).issues())
                .containsExactly(new Refusal.Issue("number", "expected integer as a text, received number"));
        assertThat(refused(Map.of("number", "one")).issues())
                .containsExactly(new Refusal.Issue("number", "expected integer as a text"));
        assertThat(refused(Map.of("number", "1e30")).issues())
                .containsExactly(new Refusal.Issue(
                        "number", "expected a whole number from -9223372036854775808 to 9223372036854775807"));
    }
}
