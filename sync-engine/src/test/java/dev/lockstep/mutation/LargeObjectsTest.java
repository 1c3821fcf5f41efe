package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.catalog.StoredTables;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.stored.Manuscript;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts and bytes with {@code @Lob}. */
@OnEveryDatabase
class LargeObjectsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p");

    private final TestDatabase database;
    private final CollectionRegistry collections = TestDatabase.collectionsOf(Manuscript.class);

    LargeObjectsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @BeforeEach
    @AfterEach
    void drop() {
        database.execute("drop table if exists workshop_manuscripts");
    }

    private void create(String essay, String scan, String photo) {
        database.execute("create table workshop_manuscripts (id varchar(255) primary key, essay " + essay + ", scan "
                + scan + ", photo " + photo + ")");
    }

    private void check() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            new StoredTables(collections).read(connection);
        }
    }

    @Test
    @Tag("ENT1")
    @DisplayName("[ENT1] large objects are written and read like other values")
    void values() throws SQLException {
        create(database.isH2() ? "clob" : "oid", database.isH2() ? "blob" : "oid", database.isH2() ? "blob" : "bytea");
        EngineFixture engine = new EngineFixture(database.with(Manuscript.class), collections);
        check();

        assertThat(Results.row(engine.alone(IN_ROOM.inserts(
                        "manuscripts", "m", Map.of("essay", "w\u00f6rter", "scan", "AQID", "photo", "AQ==")))))
                .hasValue("{\"id\":\"m\",\"essay\":\"w\u00f6rter\",\"scan\":\"AQID\",\"photo\":\"AQ==\"}");
        assertThat(Results.row(engine.alone(IN_ROOM.updates("manuscripts", "m", Map.of("essay", "other")))))
                .hasValue("{\"id\":\"m\",\"essay\":\"other\",\"scan\":\"AQID\",\"photo\":\"AQ==\"}");
        assertThat(engine.json("manuscripts", "p"))
                .containsExactly("{\"id\":\"m\",\"essay\":\"other\",\"scan\":\"AQID\",\"photo\":\"AQ==\"}");
    }

    @ParameterizedTest
    @CsvSource({"text,oid,bytea,essay", "varchar(255),oid,bytea,essay", "oid,bytea,bytea,scan", "oid,oid,oid,photo"})
    @Tag("COL26")
    @DisplayName("[COL26] a column of PostgreSQL that holds no large objects, or nothing else, fails the deployment")
    void columns(String essay, String scan, String photo, String wrong) {
        assumeFalse(database.isH2());
        create(essay, scan, photo);

        assertThatThrownBy(this::check)
                .isInstanceOf(Misconfiguration.class)
                .hasMessageStartingWith(Manuscript.class.getName() + " has the field '" + wrong + "' ")
                .hasMessageContaining(wrong.equals("photo") ? "add @Lob" : "remove @Lob")
                .hasMessageContaining("in a migration");
    }
}
