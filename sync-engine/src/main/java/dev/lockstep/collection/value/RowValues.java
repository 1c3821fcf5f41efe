package dev.lockstep.collection.value;

import dev.lockstep.api.Row;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row's JSON as plain values: equal for a row from its table and from the log. */
public final class RowValues {
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private RowValues() {}

    /** The values of the sent fields, by name. */
    public static Map<String, @Nullable Object> of(Row row) {
        try (JsonReader reader = READERS.createReader(new StringReader(row.json()))) {
            return members(reader.readObject());
        }
    }

    /** Plain values as a JSON object. */
    public static String json(Map<String, @Nullable Object> values) {
        return Json.createObjectBuilder(values).build().toString();
    }

    private static Map<String, @Nullable Object> members(Map<String, JsonValue> object) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        object.forEach((name, value) -> members.put(name, plain(value)));
        return members;
    }

    static @Nullable Object plain(JsonValue value) {
        return switch (value.getValueType()) {
            case NULL -> null;
            case TRUE -> true;
            case FALSE -> false;
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> number(((JsonNumber) value).bigDecimalValue());
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                value.asJsonArray().forEach(item -> items.add(plain(item)));
                yield items;
            }
            case OBJECT -> members(value.asJsonObject());
        };
    }

    private static Object number(BigDecimal number) {
        boolean fitsLong = number.scale() == 0 && number.precision() <= 18;
        return fitsLong ? (Object) number.longValueExact() : number;
    }
}
