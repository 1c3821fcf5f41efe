package dev.lockstep.odd.oracle;

import dev.lockstep.odd.random.OddCollection;
import dev.lockstep.odd.random.OddField.Option;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The form of instants and dates in Strata's dialect: milliseconds since 1970. */
final class Millis {
    private Millis() {}

    /** A row with the forms of Strata's dialect. */
    static JsonObject in(OddCollection collection, JsonObject row) {
        JsonObjectBuilder line = Json.createObjectBuilder();
        row.forEach((name, value) -> line.add(name, of(collection, name, value)));
        return line.build();
    }

    /** A value of a field; values that are no instants or dates stay as they are. */
    static JsonValue of(OddCollection collection, String field, JsonValue value) {
        boolean isMillis =
                collection.field(field).filter(each -> each.is(Option.MILLIS)).isPresent();
        if (!isMillis || !(value instanceof JsonString text)) {
            return value;
        }
        try {
            return Json.createValue(moment(text.getString()).toEpochMilli());
        } catch (DateTimeException | ArithmeticException invalid) {
            return value;
        }
    }

    private static Instant moment(String text) {
        return text.contains("T")
                ? Instant.parse(text)
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
