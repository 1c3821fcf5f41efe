package dev.lockstep.collection.catalog;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.Sheet;
import dev.lockstep.sample.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign keys that fail a deployment. */
@OnEveryDatabase
class ForeignKeyCheckTest {
    private final TestDatabase database;
    private final ForeignKeyCheck keys = new ForeignKeyCheck(TestDatabase.collections());

    ForeignKeyCheckTest(TestDatabase database) {
        this.database = database.emptied();
    }

    /** A name of the schema in the case that the database stores. */
    private String inCase(String name) {
        return database.isH2() ? name.toUpperCase(Locale.ROOT) : name.toLowerCase(Locale.ROOT);
    }

    private void check() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            keys.check(connection);
        }
    }

    @AfterEach
    void dropKeys() throws SQLException {
        database.execute("alter table workshop_steps drop constraint if exists odd_key");
        database.execute("alter table workshop_sheets drop constraint if exists odd_key");
        database.execute("alter table workshop_binders drop constraint if exists odd_pair");
    }

    @Test
    @Tag("COL15")
    @DisplayName("[COL15] foreign keys that only refuse are accepted")
    void fine() throws SQLException {
        database.execute("alter table workshop_steps add constraint odd_key foreign key (tool_id)"
                + " references workshop_tools (id) on delete restrict");

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cascade", "set null", "set default"})
    @Tag("COL15")
    @DisplayName("[COL15] a key that writes rows on delete is named, with its cure")
    void onDelete(String rule) throws SQLException {
        database.execute("alter table workshop_steps add constraint odd_key foreign key (tool_id)"
                + " references workshop_tools (id) on delete " + rule);

        assertThatThrownBy(this::check)
                .isInstanceOf(Misconfiguration.class)
                .hasMessage("The table " + inCase("workshop_steps") + " has the foreign key " + inCase("odd_key")
                        + " with on delete " + rule
                        + ", by which the database changes rows without the log: drop that rule (on delete"
                        + " no action). Where " + Step.class.getName()
                        + " has @BelongsTo(onDelete = DELETE), its rows are deleted before their parents.");
    }

    @Test
    @Tag("COL15")
    @DisplayName("[COL15] a key that writes rows on an id change is named, with its cure")
    void onUpdate() throws SQLException {
        database.execute("alter table workshop_sheets add constraint odd_key foreign key (binder_id)"
                + " references workshop_binders (id) on update cascade");

        assertThatThrownBy(this::check)
                .isInstanceOf(Misconfiguration.class)
                .hasMessage("The table " + inCase("workshop_sheets") + " has the foreign key " + inCase("odd_key")
                        + " with on update cascade, by which the database changes rows without the log:"
                        + " drop that rule (on update no action).");
    }

    @Test
    @Tag("COL15")
    @DisplayName("[COL15] a cascade is refused even if @BelongsTo declares it, and so is one over several columns")
    void declared() throws SQLException {
        database.execute("alter table workshop_sheets add constraint odd_key foreign key (binder_id)"
                + " references workshop_binders (id) on delete cascade");
        assertThatThrownBy(this::check)
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining(Sheet.class.getName());

        database.execute("alter table workshop_sheets drop constraint odd_key");
        database.execute("alter table workshop_binders add constraint odd_pair unique (project, id)");
        database.execute("alter table workshop_sheets add constraint odd_key foreign key (project, binder_id)"
                + " references workshop_binders (project, id) on delete cascade");
        assertThatThrownBy(this::check)
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("drop that rule (on delete no action)");
    }

    @Test
    @Tag("COL15")
    @DisplayName("[COL15] a table without a primary key of one column is named, with its cure")
    void primaryKey() throws SQLException {
        database.execute("create table workshop_cards_kept as select * from workshop_cards");
        database.execute("alter table workshop_cards rename to workshop_cards_away");
        try {
            database.execute("alter table workshop_cards_kept rename to workshop_cards");
            assertThatThrownBy(this::check)
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessage("The table " + inCase("workshop_cards") + " has no primary key, so that the database"
                            + " would accept the same id twice: make the column of the id its primary key.");
        } finally {
            database.execute("drop table workshop_cards");
            database.execute("alter table workshop_cards_away rename to workshop_cards");
        }
        assertThatCode(this::check).doesNotThrowAnyException();
    }
}
