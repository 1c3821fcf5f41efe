package dev.lockstep.collection.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.Transactions.Scope;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.mutation.Results;
import dev.lockstep.sample.stored.Berth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A table that had rows before its entity was a collection. */
@OnEveryDatabase
class ExistingRowsTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00.123456789Z");
    private static final int ROWS = 10_000;

    private final TestDatabase database;
    private final CollectionRegistry collections = TestDatabase.collectionsOf(Berth.class);
    private final CollectionModel model = collections.require(Berth.class);
    private TestDatabase own;
    private EngineFixture engine;

    ExistingRowsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @BeforeEach
    void make() {
        drop();
        database.execute(Berth.TABLE);
        own = database.with(Berth.class);
        engine = new EngineFixture(own, collections);
    }

    @AfterEach
    void drop() {
        database.execute("drop table if exists workshop_berths");
    }

    private void insertMany() {
        String series =
                database.isH2() ? "system_range(1, " + ROWS + ") as n(x)" : "generate_series(1, " + ROWS + ") as n(x)";
        database.execute(
                "insert into workshop_berths (id, harbour, title, version) select cast(x as varchar(20)), 'p1', 't'"
                        + ", 3 from " + series);
    }

    private ExistingRows rows(Scope scope) {
        return new ExistingRows(scope, model);
    }

    private boolean exist() {
        return own.transactions().run(scope -> rows(scope).exist());
    }

    private int stamp(Instant now) {
        return own.transactions().run(scope -> rows(scope).stamp(now));
    }

    @Test
    @Tag("ENT30")
    @DisplayName("[ENT30] rows without timestamps get them once, and keep their version and all other values")
    void stamped() {
        assertThat(exist()).isFalse();
        insertMany();
        database.execute("update workshop_berths set created_at = timestamp with time zone '2020-02-03 04:05:06+00:00'"
                + " where id = '1'");
        assertThat(exist()).isTrue();

        assertThat(stamp(NOW)).isEqualTo(2 * ROWS - 1);
        assertThat(stamp(NOW.plusSeconds(1))).isZero();

        List<String> listed = engine.json("berths", "p1");
        assertThat(listed).hasSize(ROWS);
        assertThat(listed.getLast())
                .contains("\"id\":\"1\"", "\"version\":3")
                .contains("\"createdAt\":\"2020-02-03T04:05:06.000Z\",\"updatedAt\":\"2020-02-03T04:05:06.000Z\"");
        assertThat(listed.getFirst())
                .contains("\"createdAt\":\"2026-11-30T12:00:00.123Z\",\"updatedAt\":\"2026-11-30T12:00:00.123Z\"");
    }

    @Test
    @Tag("ENT31")
    @DisplayName("[ENT31] columns without a field get their default in new rows, and keep their value in changed ones")
    void unmapped() {
        database.execute("insert into workshop_berths (id, harbour, title, pilot, invoice) values ('a', 'p1', 'old',"
                + " 'Ada', 7)");
        assertThat(stamp(NOW)).isEqualTo(3);

        assertThat(Results.row(engine.alone(MutationFixture.in("p1").updates("berths", "a", Map.of("title", "new")))))
                .hasValueSatisfying(row -> assertThat(row).contains("\"version\":1"));
        assertThat(engine.alone(MutationFixture.in("p1").inserts("berths", "b", Map.of("title", "b"))))
                .matches(Results::isApplied);
        assertThat(engine.stored("berths", "pilot")).containsExactly("Ada", "unknown");
        assertThat(engine.stored("berths", "invoice")).containsExactlyInAnyOrder("7", "null");

        assertThat(Results.row(engine.alone(MutationFixture.in("p1").deletes("berths", "a"))))
                .isPresent();
        assertThat(engine.stored("berths", "id")).containsExactly("b");
        assertThat(engine.replayed("berths", "p1")).containsOnlyKeys("b");
    }

    @Test
    @Tag("ENT32")
    @DisplayName("[ENT32] rows whose room is NULL, empty or too long are counted, and no client sees or changes them")
    void withoutRoom() {
        database.execute(
                "insert into workshop_berths (id, harbour, title, version) values ('none', null, 't', 0), ('empty', '', 't', 0),"
                        + " ('long', '" + "x".repeat(300) + "', 't', 0), ('a', 'p1', 't', 0)");
        stamp(NOW);

        long hidden = own.transactions().run(scope -> rows(scope).withoutRoom());
        assertThat(hidden).isEqualTo(3);
        assertThat(engine.json("berths", "p1")).hasSize(1);
        for (String id : List.of("none", "empty", "long")) {
            for (String room : List.of("p1", "x")) {
                assertThat(Results.row(engine.alone(
                                MutationFixture.in(room).updates("berths", id, Map.of("title", "changed")))))
                        .isEmpty();
            }
        }
    }

    @Test
    @Tag("ENT30")
    @DisplayName("[ENT30] rows with ids that no client can name fail the deployment, with their number and the cure")
    void unusableIds() {
        database.execute(
                "insert into workshop_berths (id, version) values ('', 0), ('" + "x".repeat(300) + "', 0), ('a', 0)");

        assertThatThrownBy(() -> own.transactions().run(scope -> {
                    rows(scope).requireUsableIds();
                    return scope;
                }))
                .isInstanceOf(Misconfiguration.class)
                .hasMessage(
                        Berth.class.getName() + " has the id 'id', but 2 rows of the table 'workshop_berths' have an id"
                                + " that is empty or longer than 255 characters, which no client can name: change them in a"
                                + " migration (db/workshop/V*.sql).");
    }
}
