package dev.lockstep.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.trace.RecordedLog;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DatabaseAvailabilityTest {
    private final SQLException noConnection = new SQLException(
            "Unable to get managed connection", new IllegalStateException(new SQLException("refused", "08001")));
    private final SQLException poolEmpty =
            new SQLException("No managed connections available", new IllegalStateException("IJ000655"));

    private final RecordedLog log = new RecordedLog(DatabaseAvailability.class);
    private final List<Duration> logged = new ArrayList<>();
    private long nanos = 1;
    private final DatabaseAvailability database = new DatabaseAvailability(() -> nanos);

    @BeforeEach
    void listen() {
        database.addListener(logged::add);
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private void fail() throws SQLException {
        database.failed(database.attempt(), noConnection);
    }

    @Test
    @Tag("OPS9")
    @Tag("CS9")
    @DisplayName("[OPS9][CS9] an outage of 10 s under load is two log lines, with the number of refused requests")
    void twoLines() throws SQLException {
        fail();
        for (int i = 0; i < 10_000; i++) {
            pass(Duration.ofMillis(1));
            try {
                fail();
            } catch (SQLException atOnce) {
                assertThat(atOnce.getSQLState()).isEqualTo("08001");
            }
        }
        pass(DatabaseAvailability.PROBE_INTERVAL);
        database.reached(database.attempt());

        assertThat(log.lines())
                .containsExactly(
                        "Database unavailable (SQLException, SQLSTATE 08001: refused); requests are refused with 503,"
                                + " a connection is tried every 250 ms",
                        "Database available again after 10.3 s; 10001 transactions were refused during the outage");
        assertThat(logged).containsExactly(Duration.ofMillis(10_250));
        assertThat(database.isUnavailable()).isFalse();
    }

    @Test
    @Tag("OPS9")
    @Tag("CS9")
    @DisplayName("[OPS9][CS9] a long outage is logged once a minute")
    void reminders() throws SQLException {
        fail();
        for (int i = 0; i < 4 * 150; i++) {
            pass(DatabaseAvailability.PROBE_INTERVAL);
            fail();
        }

        assertThat(log.lines())
                .hasSize(3)
                .element(2)
                .asString()
                .startsWith("Database still unavailable after 120.0 s; ");
    }

    @Test
    @Tag("OPS9")
    @DisplayName("[OPS9] during an outage one transaction in 250 ms tries a connection, the others fail at once")
    void probes() throws SQLException {
        fail();
        assertThatThrownBy(database::attempt).isInstanceOf(SQLException.class);
        pass(DatabaseAvailability.PROBE_INTERVAL);
        int probe = database.attempt();
        assertThatThrownBy(database::attempt).isInstanceOf(SQLException.class);
        database.reached(probe);
        database.attempt();
        assertThat(logged).hasSize(1);
    }

    @Test
    @Tag("OPS9")
    @DisplayName(
            "[OPS9] a connection requested before the outage does not end it, nor does one from before its end begin another")
    void stale() throws SQLException {
        int before = database.attempt();
        int alsoBefore = database.attempt();
        fail();
        database.reached(before);
        assertThat(database.isUnavailable()).isTrue();
        pass(DatabaseAvailability.PROBE_INTERVAL);
        database.reached(database.attempt());
        database.failed(alsoBefore, noConnection);
        assertThat(database.isUnavailable()).isFalse();
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    @Tag("OPS9")
    @DisplayName("[OPS9] a pool with all connections in use is no outage")
    void poolEmpty() throws SQLException {
        database.failed(database.attempt(), poolEmpty);
        assertThat(database.isUnavailable()).isFalse();
        assertThat(log.lines()).isEmpty();
        assertThat(TimeUnit.NANOSECONDS.toSeconds(nanos)).isZero();
    }
}
