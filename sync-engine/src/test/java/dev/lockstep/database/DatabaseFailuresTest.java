package dev.lockstep.database;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFailuresTest {
    static Stream<Throwable> passing() {
        SQLException lost = new SQLException("An I/O error occurred while sending to the backend", "08006");
        RollbackException hidden = new RollbackException("ARJUNA016053");
        hidden.addSuppressed(lost);
        return Stream.of(
                lost,
                new TransactionFailed(lost),
                new TransactionFailed(new PersistenceException(lost)),
                new IllegalStateException(new RuntimeException(lost)),
                hidden,
                new RollbackException("ARJUNA016102: The transaction is not active"),
                new TransactionFailed(new IllegalStateException("no transaction"), true),
                new SQLException("IJ031084", new IllegalStateException("IJ000655")),
                new SQLTransientConnectionException("timeout", "XX000"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    @Tag("OPS8")
    @Tag("CS4")
    @DisplayName("[OPS8][CS4] a lost or unreachable database is a temporary failure, however it is wrapped")
    void isTransient(Throwable failure) {
        assertThat(DatabaseFailures.isTransient(failure)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08000", "08001", "08003", "08004", "08006", "53100", "53300", "57014", "57P01", "57P02", "57P03",
                "58030", "40001", "40P01", "55P03", "HYT00", "90067", "90098", "90121", "90131"
            })
    @Tag("OPS8")
    @Tag("CS4")
    @DisplayName("[OPS8][CS4] SQL states of temporary failures")
    void states(String state) {
        assertThat(DatabaseFailures.isTransient(new TransactionFailed(new SQLException("", state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42P01", "42703", "22001", "23505", "42501", "28P01", "90012"})
    @Tag("OPS8")
    @DisplayName("[OPS8] a missing table, an unfit value or a missing privilege is a permanent failure")
    void faults(String state) {
        SQLException sql = new SQLException("", state);
        assertThat(DatabaseFailures.isTransient(new TransactionFailed(sql))).isFalse();
        RollbackException rolledBack = new RollbackException();
        rolledBack.initCause(sql);
        assertThat(DatabaseFailures.isTransient(new TransactionFailed(rolledBack, true)))
                .isFalse();
    }

    @Test
    @Tag("OPS8")
    @DisplayName("[OPS8] a fault of code is a permanent failure; circular causes end")
    void code() {
        Exception one = new IllegalStateException();
        Exception other = new IllegalStateException(one);
        one.initCause(other);
        assertThat(DatabaseFailures.isTransient(one)).isFalse();
        assertThat(DatabaseFailures.isTransient(new NullPointerException())).isFalse();
    }

    @Test
    @Tag("OPS8")
    @DisplayName("[OPS8] a log line holds no value of a row")
    void summary() {
        assertThat(DatabaseFailures.summary(
                        new TransactionFailed(new SQLException("Detail: Key (title)=(secret) exists", "23505"))))
                .isEqualTo("SQLException, SQLSTATE 23505");
        SQLException refused = new SQLException("Connection to db:5432 refused", "08001", new ConnectException("x"));
        assertThat(DatabaseFailures.summary(new SQLException("IJ000453", refused)))
                .isEqualTo("SQLException, SQLSTATE 08001: Connection to db:5432 refused");
        assertThat(DatabaseFailures.summary(new SQLException("FATAL: too many clients\n  Position: 1", "53300")))
                .isEqualTo("SQLException, SQLSTATE 53300: FATAL: too many clients");
    }
}
