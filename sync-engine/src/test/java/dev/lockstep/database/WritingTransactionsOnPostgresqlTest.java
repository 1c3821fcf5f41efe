package dev.lockstep.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WritingTransactionsOnPostgresqlTest {
    private static String planOf(Connection connection, String sql) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Statement explain = connection.createStatement();
                ResultSet rows = explain.executeQuery("explain " + sql)) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    @Test
    @Tag("MUT17")
    @DisplayName(
            "[MUT17] rows of a table that was empty at planning time are looked up by key, not by a permanent scan")
    void byKey() throws SQLException {
        String ids = IntStream.range(0, 128).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(","));
        String sql = "select id from fresh where id in (" + ids + ")";
        try (Connection connection = TestDatabase.postgresql().dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try (Statement make = connection.createStatement()) {
                make.execute("create temporary table fresh (id varchar(255) primary key, room varchar(255) not null)");
                make.execute("create index fresh_order on fresh (room, id)");
            }
            assertThat(planOf(connection, sql)).as("what is to be kept from").doesNotContain("fresh_pkey");

            WritingTransactions.begin(connection, WritingTransactions.LOCK_WAIT_MAX);

            assertThat(planOf(connection, sql)).contains("fresh_pkey").doesNotContain("fresh_order");
            connection.rollback();
        }
    }
}
