package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import dev.lockstep.collection.catalog.StoredTables;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.stored.Instrument;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that an entity holds in another form than a row. */
@OnEveryDatabase
class ValueFormsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p");
    private static final TimeZone USUAL = TimeZone.getDefault();

    private final TestDatabase database;
    private EngineFixture engine;

    ValueFormsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @BeforeEach
    void make() throws SQLException {
        TimeZone.setDefault(TimeZone.getTimeZone("America/Sao_Paulo"));
        database.execute("drop table if exists workshop_instruments");
        database.execute(
                database.isH2()
                        ? Instrument.TABLE.formatted("varbinary(8)", "blob")
                        : Instrument.TABLE.formatted("bytea", "oid"));
        CollectionRegistry collections = TestDatabase.collectionsOf(Instrument.class);
        engine = new EngineFixture(database.with(Instrument.class), collections);
        try (Connection connection = database.dataSource().getConnection()) {
            new StoredTables(collections).read(connection);
        }
    }

    @AfterEach
    void drop() {
        TimeZone.setDefault(USUAL);
        database.execute("drop table workshop_instruments");
    }

    private static String json(Object value) {
        return value instanceof String ? "\"" + value + "\"" : value.toString();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("atDate", "2018-11-04T00:15:00.123Z", "2018-11-04T00:15:00.123Z"),
                arguments("atDate", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
                arguments("meets", "2018-11-04T00:15:00.123+02:00", "2018-11-03T22:15:00.123Z"),
                arguments("meets", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
                arguments("departs", "2018-11-04T00:15:00.123456Z", "2018-11-04T00:15:00.123Z"),
                arguments("lasts", "PT1H30M", "PT1H30M"),
                arguments("lasts", "PT-0.000000001S", "PT-0.000000001S"),
                arguments("lasts", "P1DT2H", "PT26H"),
                arguments("built", 1851L, 1851L),
                arguments("zone", "Europe/Berlin", "Europe/Berlin"),
                arguments("zoneOffset", "+02:00", "+02:00"),
                arguments("level", -128L, -128L),
                arguments("flag", "x", "x"),
                arguments("photo", "AQIDBAUGBwg=", "AQIDBAUGBwg="),
                arguments("photo", "", ""),
                arguments("currency", "EUR", "EUR"),
                arguments("language", "en-gb", "en-GB"),
                arguments("weight", 75L, 75L),
                arguments("until", "2026-11", "2026-11"),
                arguments("dayOfWeek", "FRIDAY", "FRIDAY"),
                arguments("called", "2018-11-04T00:15:00.123Z", "2018-11-04T00:15:00.123Z"),
                arguments("cost", new BigDecimal("1.005"), new BigDecimal("1.01")),
                arguments("factor", new BigDecimal("0.1"), new BigDecimal("0.1")),
                arguments("scan", "AQIDBAUGBwg=", "AQIDBAUGBwg="),
                arguments("ordinal", "MONDAY", "MONDAY"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("values")
    @Tag("COL1")
    @Tag("ENT20")
    @DisplayName(
            "[COL1][ENT20] a value is answered, logged and listed in its stated form, and is null when it is cleared")
    void forms(String field, Object sent, Object shown) {
        assertThat(engine.alone(IN_ROOM.inserts("instruments", "i", Map.of(field, sent))))
                .matches(Results::isApplied)
                .satisfies(answer -> assertShown(answer, field, json(shown)));
        assertThat(engine.alone(IN_ROOM.inserts("instruments", "later", Map.of())))
                .matches(Results::isApplied);
        assertThat(engine.alone(IN_ROOM.updates("instruments", "later", Map.of(field, sent))))
                .matches(Results::isApplied);
        assertThat(engine.json("instruments", "p")).allMatch(row -> row.contains("\"" + field + "\":" + json(shown)));

        assertShown(
                engine.alone(IN_ROOM.updates("instruments", "i", Collections.singletonMap(field, null))),
                field,
                "null");
        assertThat(engine.alone(IN_ROOM.deletes("instruments", "i"))).matches(Results::isApplied);
        assertThat(engine.list("instruments", "p")).hasSize(1);
    }

    private void assertShown(MutationResult answer, String field, String shown) {
        String row = Results.row(answer).orElseThrow();
        assertThat(row).contains("\"" + field + "\":" + shown);
        assertThat(engine.json("instruments", "p")).contains(row);
        assertThat(engine.replayed("instruments", "p")).containsValue(row);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("atDate", true, "expected date, received boolean"),
                arguments("lasts", "an hour", "expected duration, as in PT1H30M or PT0.5S"),
                arguments("lasts", "P999999999999D", "is longer than 999999999999 seconds"),
                arguments("built", new BigDecimal("1.5"), "expected a whole number from -999999999 to 999999999"),
                arguments("zone", "Mars/Crater", "expected time zone, as in Europe/Berlin"),
                arguments("zoneOffset", "+99:00", "expected offset, as in +02:00"),
                arguments("level", 128L, "expected a whole number from -128 to 127"),
                arguments("flag", "xy", "expected one character"),
                arguments("photo", "not base64", "expected base64 with padding, as in AQID"),
                arguments("photo", "A".repeat(1_000_001), "is too long: at most 750000 bytes"),
                arguments("currency", "EURO", "expected currency, as in EUR"),
                arguments("language", "not_a_tag", "expected language, as in en-GB"),
                arguments("weight", -1L, "is not a valid value"),
                arguments("weight", "1", "expected integer, received string"),
                arguments("until", "soon", "is not a valid value"),
                arguments(
                        "dayOfWeek",
                        1L,
                        "expected one of [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY]"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrong")
    @Tag("COL2")
    @Tag("ENT20")
    @DisplayName("[COL2][ENT20] any other value is refused by the field's name")
    void refuses(String field, Object sent, String message) {
        MutationResult answer = engine.alone(IN_ROOM.inserts("instruments", "i", Map.of(field, sent)));

        assertThat(Results.refused(answer).refusal().issues()).containsExactly(new Refusal.Issue(field, message));
    }

    @Test
    @Tag("ENT20")
    @DisplayName("[ENT20] more bytes than the column holds are refused by the field's name")
    void tooManyBytes() {
        MutationResult answer = engine.alone(IN_ROOM.inserts("instruments", "i", Map.of("photo", "AQIDBAUGBwgJ")));

        if (database.isH2()) {
            assertThat(Results.refused(answer).refusal().issues())
                    .containsExactly(new Refusal.Issue("photo", "is too long: at most 8 bytes"));
        } else { // bytea has no limit
            assertThat(answer).matches(Results::isApplied);
        }
    }

    @Test
    @Tag("ENT20")
    @DisplayName("[ENT20] a calendar keeps its time when another field is updated, in a time zone that is not UTC")
    void unchangedCalendar() {
        String called = "2026-01-31T23:59:59.999Z";
        engine.alone(IN_ROOM.inserts("instruments", "c", Map.of("called", called, "level", 1L)));

        MutationResult other = engine.alone(IN_ROOM.updates("instruments", "c", Map.of("level", 2L)));
        MutationResult same = engine.alone(IN_ROOM.updates("instruments", "c", Map.of("level", 3L, "called", called)));

        String member = "\"called\":\"" + called + "\"";
        assertThat(Results.row(other)).hasValueSatisfying(row -> assertThat(row).contains(member));
        assertThat(Results.row(same)).hasValueSatisfying(row -> assertThat(row).contains(member));
        assertThat(engine.json("instruments", "p")).singleElement().asString().contains(member);
    }
}
