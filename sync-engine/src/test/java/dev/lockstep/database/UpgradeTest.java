package dev.lockstep.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Data that earlier versions have stored, after the migrations. */
@OnEveryDatabase
class UpgradeTest {
    private final TestDatabase database;

    UpgradeTest(TestDatabase database) {
        this.database = database;
    }

    private static Schema schema(DataSource source) {
        return new Schema(source, UpgradeTest.class.getClassLoader());
    }

    /** A database as the migration of this version leaves it. */
    private DataSource at(String version) throws SQLException {
        DataSource upgraded = database.bare("upgrade_" + version);
        Flyway.configure()
                .dataSource(upgraded)
                .locations("classpath:dev/lockstep/database/schema")
                .table("lockstep_schema")
                .placeholders(schema(upgraded).placeholders())
                .target(version)
                .load()
                .migrate();
        return upgraded;
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] results that were stored under whole hashes are found by their first half")
    void answers() throws SQLException {
        DataSource upgraded = at("4");
        String key = "GYQAyw9fb7mNC6Gr0xayWhRckZw9GbzTxM_6G4p1NpA";
        String request = "e0rkgbhae2ksbf1oHKgBUDK_t3vLJvXuzR_CyZxBTx8";
        try (Connection connection = upgraded.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into lockstep_answer values ('" + key + "', '" + request
                    + "', 7, 9, '+-', 'a,b', null, null, 1795289808255409)");
        }

        schema(upgraded).migrate(List.of());

        try (Connection connection = upgraded.getConnection();
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

    @Test
    @Tag("ACC21")
    @DisplayName("[ACC21] logged rights of users move to the users' own rooms, and rows stay in their groups")
    void ownRooms() throws SQLException {
        DataSource upgraded = at("7");
        String longest = "u".repeat(255);
        try (Connection connection = upgraded.getConnection();
                Statement statement = connection.createStatement()) {
            for (String action : List.of(
                    "1, 1, 1, 'shop', 'ann', 'lockstep-rights', 'ann'",
                    "2, 2, 2, 'shop', 'team', 'lockstep-rights', 'team'", // a user that is named like a group
                    "3, 3, 3, 'shop', 'team', 'Task', 'row'",
                    "4, 4, 4, 'shop', 'ann', 'Task', 'own row'", // the operator moves it
                    "5, 5, 5, 'shop', '', 'lockstep-rights', ''",
                    "6, 6, 6, 'shop', '" + longest + "', 'lockstep-rights', ''")) {
                statement.execute("insert into lockstep_action (seq, commit_first, commit_last, application, room,"
                        + " collection, entity_id, group_id, kind, bulk, number, stamp) values (" + action
                        + ", 1, 'u', false, 1, 1)");
            }
        }

        schema(upgraded).migrate(List.of());

        try (Connection connection = upgraded.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select room from lockstep_action order by seq")) {
            List<String> rooms = new ArrayList<>();
            while (rows.next()) {
                rooms.add(rows.getString(1));
            }
            assertThat(rooms).containsExactly("~ann", "~team", "team", "ann", "", longest);
        }
    }
}
