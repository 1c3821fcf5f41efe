package dev.lockstep.collection;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.database.TestDatabase;
import dev.lockstep.workshop.Sheet;
import dev.lockstep.workshop.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What foreign keys a deployment is refused for, on any database. */
abstract class ForeignKeysContract {
    private final ForeignKeys keys = new ForeignKeys(TestDatabase.collections());

    abstract TestDatabase database();

    /** A name of the schema in the database's case. */
    abstract String inCase(String name);

    private void execute(String sql) throws SQLException {
        try (Connection connection = database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void check() throws SQLException {
        try (Connection connection = database().dataSource().getConnection()) {
            keys.requireNoneThatWrites(connection);
        }
    }

    @BeforeEach
    void empty() {
        database().emptied();
    }

    @AfterEach
    void dropAgain() throws SQLException {
        execute("alter table workshop_steps drop constraint if exists odd_key");
        execute("alter table workshop_sheets drop constraint if exists odd_key");
    }

    @Test
    @DisplayName("[COL15] foreign keys that only refuse are fine")
    void fine() throws SQLException {
        execute("alter table workshop_steps add constraint odd_key foreign key (tool_id)"
                + " references workshop_tools (id) on delete restrict");

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"CASCADE, ', or'", "SET NULL, ' and'", "SET DEFAULT, ' and'"})
    @DisplayName("[COL15] one that writes rows at a delete is named, with its cure")
    void onDelete(String rule, String cure) throws SQLException {
        execute("alter table workshop_steps add constraint odd_key foreign key (tool_id)"
                + " references workshop_tools (id) on delete " + rule);

        assertThatThrownBy(this::check)
                .isInstanceOf(Misconfiguration.class)
                .hasMessage("The table " + inCase("workshop_steps") + " has the foreign key " + inCase("odd_key")
                        + " with on delete " + rule.toLowerCase(Locale.ROOT)
                        + ", by which the database changes rows that the log never hears of: declare"
                        + " @BelongsTo(onDelete = DELETE) on the field of " + inCase("tool_id") + " in "
                        + Step.class.getName() + cure + " drop that rule.");
    }

    @Test
    @DisplayName("[COL15] so is one that writes rows when an id changes")
    void onUpdate() throws SQLException {
        execute("alter table workshop_sheets add constraint odd_key foreign key (binder_id)"
                + " references workshop_binders (id) on update cascade");

        assertThatThrownBy(this::check)
                .isInstanceOf(Misconfiguration.class)
                .hasMessage("The table " + inCase("workshop_sheets") + " has the foreign key " + inCase("odd_key")
                        + " with on update cascade, by which the database changes rows that the log never hears of:"
                        + " drop that rule.");
    }

    @Test
    @DisplayName("[COL15] a cascade that is declared is fine, if it is that of the declared parent")
    void declared() throws SQLException {
        execute("alter table workshop_sheets add constraint odd_key foreign key (binder_id)"
                + " references workshop_binders (id) on delete cascade");
        assertThatCode(this::check).doesNotThrowAnyException();

        execute("alter table workshop_sheets drop constraint odd_key");
        execute("alter table workshop_sheets add constraint odd_key foreign key (binder_id)"
                + " references workshop_tools (id) on delete cascade");
        assertThatThrownBy(this::check)
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining(Sheet.class.getName());
    }
}
