package dev.lockstep.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of what earlier versions have stored, on any database. */
abstract class UpgradeContract {
    /** A database without tables. */
    abstract DataSource bare() throws SQLException;

    @Test
    @DisplayName("[MUT9] answers that were kept under whole hashes are found by their first half")
    void answers() throws SQLException {
        DataSource database = bare();
        Schema schema = new Schema(database, UpgradeContract.class.getClassLoader());
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:dev/lockstep/database/schema")
                .table("lockstep_schema")
                .placeholders(schema.placeholders())
                .target("4")
                .load()
                .migrate();
        String key = "GYQAyw9fb7mNC6Gr0xayWhRckZw9GbzTxM_6G4p1NpA";
        String request = "e0rkgbhae2ksbf1oHKgBUDK_t3vLJvXuzR_CyZxBTx8";
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into lockstep_answer values ('" + key + "', '" + request
                    + "', 7, 9, '+-', 'a,b', null, null, 1795289808255409)");
        }

        schema.migrate(List.of());

        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select request_hash, first_seq, last_seq, shape, made_ids, answered_at"
                                + " from lockstep_answer where mutation_key = '" + key.substring(0, 22) + "'")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo(request.substring(0, 22));
            assertThat(row.getLong(2)).isEqualTo(7);
            assertThat(row.getLong(3)).isEqualTo(9);
            assertThat(row.getString(4)).isEqualTo("+-");
            assertThat(row.getString(5)).isEqualTo("a,b");
            assertThat(row.getLong(6)).isEqualTo(1795289808255409L);
        }
    }
}
