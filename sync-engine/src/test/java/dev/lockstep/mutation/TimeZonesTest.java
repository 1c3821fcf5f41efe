package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Row;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.stored.Dial;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Days and times in a JVM of another time zone. The zone is the JVM's: no test runs beside these. */
@OnEveryDatabase
class TimeZonesTest {
    private static final TimeZone USUAL = TimeZone.getDefault();

    /**
     * Hours that a zone leaves out or has twice, days on which its local mean time ended, and the limits of the years.
     */
    private static final List<String> CLOCKS = List.of(
            "2026-03-29T02:30",
            "2026-10-25T02:30:00.123456",
            "2018-11-04T00:15",
            "1893-04-01T00:00",
            "1914-01-01T00:00",
            "1582-10-10T12:00",
            "0001-01-01T00:00",
            "9999-12-31T23:59:59.999999");

    private final TestDatabase database;

    TimeZonesTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @BeforeEach
    void make() {
        database.execute("drop table if exists workshop_dials");
        database.execute(Dial.TABLE);
    }

    @AfterEach
    void restore() {
        TimeZone.setDefault(USUAL);
        database.execute("drop table workshop_dials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "UTC"})
    @Tag("COL27")
    @Tag("CR1")
    @DisplayName("[COL27][CR1] days and times are stored and read as they were sent, in every time zone of the JVM")
    void unchanged(String zone) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        EngineFixture engine = new EngineFixture(database.with(Dial.class), TestDatabase.collectionsOf(Dial.class));
        for (String clock : CLOCKS) {
            String id = "at " + clock;
            String moment = clock + (clock.length() > 16 ? "Z" : ":00Z");
            Map<String, String> sent = Map.of(
                    "onDay", clock.substring(0, 10),
                    "byClock", clock,
                    "eachDay", clock.substring(11),
                    "atMoment", moment,
                    "plainMoment", moment,
                    "there", moment);

            assertThat(engine.alone(MutationFixture.in("p").inserts("dials", id, Map.copyOf(sent))))
                    .matches(Results::isApplied);

            Row row = engine.list("dials", "p").stream()
                    .filter(found -> found.id().value().equals(id))
                    .findFirst()
                    .orElseThrow();
            assertThat(row.json())
                    .contains("\"onDay\":\"" + clock.substring(0, 10) + "\"")
                    .contains("\"byClock\":\"" + clock)
                    .contains("\"eachDay\":\"" + clock.substring(11));
            assertThat(engine.replayed("dials", "p")).containsEntry(id, row.json());
        }
    }
}
