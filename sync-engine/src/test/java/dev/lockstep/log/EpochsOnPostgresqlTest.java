package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.database.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochsOnPostgresqlTest {
    private final TestDatabase database = TestDatabase.postgresql().emptied();

    @ParameterizedTest
    @ValueSource(strings = {"written_in = 'another database'", "written_by = written_by"})
    @Tag("LOG8")
    @DisplayName("[LOG8] a loaded dump is recognised by its database, and by the transaction that wrote its rows")
    void loaded(String copied) {
        EpochMonitor watch = EpochMonitorFixture.on(database.transactions(), new HighWaterMark());
        LogEnd before = watch.start();
        assertThat(watch.start()).isEqualTo(before);
        database.execute("update lockstep_epoch set " + copied);

        LogEnd end = EpochMonitorFixture.on(database.transactions(), new HighWaterMark())
                .start();

        assertThat(end.epoch().began()).isGreaterThan(before.head());
        assertThat(watch.start()).isEqualTo(end);
    }
}
