package dev.lockstep.collection.value;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {
    private static final long YEAR_1 = -62_135_596_800L;
    private static final long YEAR_9999 = 253_402_300_799L;

    @Property
    @net.jqwik.api.Tag("COL1")
    @Label("[COL1] a JSON parser reads back any text unchanged")
    void textSurvives(@ForAll String text) {
        JsonText json = new JsonText();
        json.string(text);
        try (var reader = Json.createReader(new StringReader("[" + json + "]"))) {
            JsonString read = reader.readArray().getJsonString(0);
            assertThat(read.getString()).isEqualTo(text);
        }
    }

    @Property
    @net.jqwik.api.Tag("COL1")
    @Label("[COL1] every time of the years 1 to 9999 has three fraction digits, cut and not rounded")
    void timesAreCut(
            @ForAll @LongRange(min = YEAR_1, max = YEAR_9999) long second,
            @ForAll @LongRange(min = 0, max = 999_999_999) long nano) {
        Instant time = Instant.ofEpochSecond(second, nano);
        String expected = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
                .withZone(ZoneOffset.UTC)
                .format(time);
        assertThat(written(time)).isEqualTo('"' + expected + '"');
    }

    @ParameterizedTest
    @CsvSource({
        "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999Z",
        "+12345-01-01T00:00:00Z, +12345-01-01T00:00:00.000Z",
        "-0001-01-01T00:00:00Z, -0001-01-01T00:00:00.000Z"
    })
    @Tag("COL1")
    @DisplayName(
            "[COL1] times before 1970 and beyond four-digit years, which only applications can set, are ISO 8601 as well")
    void oddTimes(Instant time, String expected) {
        assertThat(written(time)).isEqualTo('"' + expected + '"');
    }

    private static String written(Instant time) {
        JsonText json = new JsonText();
        json.time(time);
        return json.toString();
    }
}
