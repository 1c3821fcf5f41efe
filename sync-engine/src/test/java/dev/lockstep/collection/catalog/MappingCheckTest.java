package dev.lockstep.collection.catalog;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.stored.Crate;
import dev.lockstep.sample.stored.Jar;
import dev.lockstep.sample.stored.Palette;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables and columns that fail a deployment. */
@OnEveryDatabase
class MappingCheckTest {
    private final TestDatabase database;

    MappingCheckTest(TestDatabase database) {
        this.database = database;
    }

    private void check(Class<?> entity) {
        try {
            CollectionRegistry collections = TestDatabase.collectionsOf(entity);
            new MappingCheck(collections, database.with(entity).transactions()).check();
            try (Connection connection = database.dataSource().getConnection()) {
                new StoredTables(collections).read(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    @AfterEach
    void drop() {
        database.execute("drop table if exists workshop_jars");
        database.execute("drop table if exists workshop_palettes");
        database.execute("drop schema if exists attic cascade");
    }

    private void makeCrates(String packed) {
        database.execute("create schema attic");
        database.execute("create table attic.crates (id varchar(255) primary key, \"Big Name\" varchar(50), " + packed
                + " date)");
        database.execute("create table attic.crate_labels (id varchar(255) primary key, label varchar(50))");
    }

    @Test
    @Tag("COL26")
    @Tag("CD1")
    @DisplayName("[COL26][CD1] a missing table fails the deployment, with class, table and cure")
    void noTable() {
        assertThatThrownBy(() -> check(Jar.class))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining(
                        Jar.class.getName() + " has no table 'workshop_jars' in the database: create it in a"
                                + " migration (db/workshop/V*.sql), or name the right one with @Table.");
    }

    @Test
    @Tag("COL26")
    @Tag("CD1")
    @DisplayName("[COL26][CD1] a missing column fails the deployment, with class, field, table, column and cure")
    void noColumn() {
        database.execute("create table workshop_jars (id varchar(255) primary key, title varchar(50), weight integer)");

        assertThatThrownBy(() -> check(Jar.class))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageMatching(Pattern.quote(Jar.class.getName()
                                + " has the field 'openedAt', but the table 'workshop_jars' has no column '")
                        + "(?i)opened_at"
                        + Pattern.quote(
                                "' that can be read: add it in a migration (db/workshop/V*.sql), or name the right one with"
                                        + " @Column."));
    }

    @Test
    @Tag("CD1")
    @DisplayName("[CD1] other schemas, quoted names, secondary tables, renamed columns and formulas are accepted")
    void works() {
        makeCrates("packed_on");

        assertThatCode(() -> check(Crate.class)).doesNotThrowAnyException();
    }

    @Test
    @Tag("CD1")
    @DisplayName("[CD1] columns of @AttributeOverride and of secondary tables are checked too")
    void overridden() {
        makeCrates("packed");
        assertThatThrownBy(() -> check(Crate.class)).hasMessageContaining("the field 'packed'");

        database.execute("alter table attic.crates rename column packed to packed_on");
        database.execute("drop table attic.crate_labels");
        assertThatThrownBy(() -> check(Crate.class))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("has no table");
    }

    @ParameterizedTest
    @CsvSource({
        "varchar(50), integer, timestamp, ''",
        "text, bigint, timestamp(0), ''",
        "varchar(50), smallint, timestamp(6) with time zone, ''",
        "char(10), numeric(5), timestamp, ''",
        "date, integer, timestamp, title",
        "integer, integer, timestamp, title",
        "varchar(50), date, timestamp, weight",
        "varchar(50), integer, date, openedAt",
        "varchar(50), integer, boolean, openedAt",
    })
    @Tag("COL26")
    @Tag("CD1")
    @DisplayName("[COL26][CD1] a column that cannot hold its field fails the deployment; one that can does not")
    void types(String title, String weight, String openedAt, String wrong) {
        database.execute("create table workshop_jars (id varchar(255) primary key, title " + title + ", weight "
                + weight + ", opened_at " + openedAt + ")");

        if (wrong.isEmpty()) {
            assertThatCode(() -> check(Jar.class)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> check(Jar.class))
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessageContaining(Jar.class.getName() + " has the field '" + wrong + "' of type ")
                    .hasMessageContaining(" of the table 'workshop_jars' cannot hold");
        }
    }

    @Test
    @Tag("COL26")
    @DisplayName("[COL26] an array of enums by name fails the deployment on H2, where it cannot be written")
    void enums() {
        database.execute("create table workshop_palettes (id varchar(255) primary key, open_on varchar(20) array,"
                + " closed_on json)");

        if (database.isH2()) {
            assertThatThrownBy(() -> check(Palette.class))
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessage(Palette.class.getName() + " has the field 'openOn', an array of enums by name, which"
                            + " the JPA provider cannot write to H2: store it as JSON with @JdbcTypeCode(SqlTypes.JSON),"
                            + " in a table of its own with @ElementCollection, or by EnumType.ORDINAL.");
        } else {
            assertThatCode(() -> check(Palette.class)).doesNotThrowAnyException();
        }
    }

    @Test
    @Tag("CD1")
    @DisplayName("[CD1] the tables of all test collections match their entities")
    void all() {
        assertThatCode(() -> new MappingCheck(TestDatabase.collections(), database.transactions()).check())
                .doesNotThrowAnyException();
    }
}
