package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.updating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.Mutation;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.catalog.ForeignKeyCheck;
import dev.lockstep.collection.catalog.StoredTables;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.stored.Chest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A collection in another schema, beside a table of the same name in the schema of the connection. */
@OnEveryDatabase
class OtherSchemaTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p");

    private final TestDatabase database;
    private final CollectionRegistry collections = TestDatabase.collectionsOf(Chest.class);

    OtherSchemaTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @BeforeEach
    void make() {
        drop();
        database.execute(
                "create schema attic",
                "create table attic.shelves (id varchar(255) primary key)",
                "create table attic.chests (id varchar(255) primary key, project varchar(255) not null,"
                        + " code varchar(20) constraint one_code unique,"
                        + " shelf_id varchar(255) constraint on_shelf references attic.shelves (id))",
                "insert into attic.shelves (id) values ('s')",
                // Of other rules, which are not those of the collection. It has the row that a key of the other refers
                // to.
                "create table chests (id varchar(255) primary key, code varchar(3))",
                "create table shelves (id varchar(255) primary key)",
                "insert into shelves (id) values ('only here')");
    }

    @AfterEach
    void drop() {
        database.execute(
                "drop table if exists chests", "drop table if exists shelves", "drop schema if exists attic cascade");
    }

    private EngineFixture engine() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            new StoredTables(collections).read(connection);
        }
        return new EngineFixture(database.with(Chest.class), collections);
    }

    private void checkKeys() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            new ForeignKeyCheck(collections).check(connection);
        }
    }

    private static List<String> issues(EngineFixture engine, Mutation mutation) {
        return Results.refused(engine.alone(mutation)).refusal().issues().stream()
                .map(issue -> issue.path() + ": " + issue.message())
                .toList();
    }

    @Test
    @Tag("COL26")
    @DisplayName("[COL26] the limits and the storage of a collection are those of the table in its own schema")
    void limits() throws SQLException {
        EngineFixture engine = engine();

        assertThat(collections.require(Chest.class).storage().reasons()).isEmpty();
        assertThat(engine.alone(IN_ROOM.inserts("chests", "a", Map.of("code", "abcdefgh"))))
                .matches(Results::isApplied);
    }

    @Test
    @Tag("MUT21")
    @DisplayName("[MUT21] refusals by keys of a table in another schema name the field")
    void refused() throws SQLException {
        EngineFixture engine = engine();
        assertThat(engine.alone(IN_ROOM.inserts("chests", "a", Map.of("code", "1", "shelf", "s"))))
                .matches(Results::isApplied);

        assertThat(issues(engine, IN_ROOM.inserts("chests", "b", Map.of("code", "1"))))
                .containsExactly("code: is already in use; choose another");
        assertThat(issues(engine, IN_ROOM.inserts("chests", "c", Map.of("shelf", "only here"))))
                .containsExactly("shelf: refers to a row that does not exist");
    }

    @Test
    @Tag("MUT16")
    @DisplayName("[MUT16] rows of a table in another schema exchange unique values in one mutation")
    void exchanged() throws SQLException {
        EngineFixture engine = engine();
        assertThat(engine.together(
                        IN_ROOM.inserts("chests", "a", Map.of("code", "1")),
                        IN_ROOM.inserts("chests", "b", Map.of("code", "2"))))
                .allMatch(Results::isApplied);

        assertThat(engine.alone(IN_ROOM.bulk(
                        updating("chests", "a", Map.of("code", "2")), updating("chests", "b", Map.of("code", "1")))))
                .matches(Results::isApplied);
        assertThat(engine.json("chests", "p"))
                .anyMatch(row -> row.contains("\"id\":\"a\"") && row.contains("\"code\":\"2\""))
                .anyMatch(row -> row.contains("\"id\":\"b\"") && row.contains("\"code\":\"1\""));
    }

    @Test
    @Tag("COL15")
    @DisplayName("[COL15] the keys that fail a deployment are those of the table in its own schema")
    void keys() throws SQLException {
        database.execute("create table boxes (id varchar(255) primary key)", "alter table chests add box varchar(255)");
        try {
            database.execute("alter table chests add foreign key (box) references boxes (id) on delete cascade");
            assertThatCode(this::checkKeys).doesNotThrowAnyException();

            database.execute("alter table attic.chests add constraint odd_key foreign key (shelf_id)"
                    + " references attic.shelves (id) on delete cascade");
            String table = database.isH2() ? "ATTIC.CHESTS" : "attic.chests";
            String key = database.isH2() ? "ODD_KEY" : "odd_key";
            assertThatThrownBy(this::checkKeys)
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessageStartingWith("The table " + table + " has the foreign key " + key);
        } finally {
            database.execute("drop table chests", "drop table boxes");
        }
    }
}
