package dev.lockstep.collection.row;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.value.JsonText;
import dev.lockstep.collection.value.ParseResult;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A position in the order of a list: that of a row when it was read. It stays valid when the row has moved or is gone.
 *
 * @param values one for each field of the order
 */
public record ListPosition(List<@Nullable Object> values) {
    public ListPosition {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** The position of a row in its collection's order. */
    public static ListPosition of(RowImage row) {
        return of(row, ListQuery.ALL);
    }

    /** The position of a row in the order of a query. */
    public static ListPosition of(RowImage row, ListQuery query) {
        List<@Nullable Object> values = new ArrayList<>();
        query.order(row.model()).forEach(field -> values.add(row.get(field)));
        return new ListPosition(values);
    }

    /** The position as an opaque text for clients, which send it back unchanged. */
    public String text(CollectionModel model) {
        return text(model, Optional.empty());
    }

    /** The position in a chosen order as an opaque text, which names the order. */
    public String text(CollectionModel model, Optional<ListSort> sort) {
        JsonText json = new JsonText();
        List<FieldModel> order = order(model, sort);
        String before = "[";
        if (sort.isPresent()) {
            json.raw(before).string(sort.get().text());
            before = ",";
        }
        for (int i = 0; i < order.size(); i++) {
            write(json.raw(before), order.get(i), values.get(i));
            before = ",";
        }
        String text = json.raw("]").toString();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<FieldModel> order(CollectionModel model, Optional<ListSort> sort) {
        return sort.map(chosen -> chosen.fields(model)).orElseGet(model::listOrder);
    }

    // Rows show milliseconds; positions need microseconds to be distinct.
    private static void write(JsonText json, FieldModel field, @Nullable Object value) {
        switch (value) {
            case null -> json.raw("null");
            case Instant time -> json.string(time.toString());
            case OffsetDateTime time -> json.string(time.toString());
            default -> field.type().write(json, value);
        }
    }

    /**
     * Parses the result of {@link #text}.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static ListPosition read(CollectionModel model, String text) {
        return read(model, Optional.empty(), text);
    }

    /**
     * Parses the result of {@link #text} for the same order.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static ListPosition read(CollectionModel model, Optional<ListSort> sort, String text) {
        List<FieldModel> order = order(model, sort);
        List<JsonValue> stored = new ArrayList<>(array(text));
        if (sort.isPresent()
                && (stored.isEmpty()
                        || !(stored.removeFirst() instanceof JsonString name)
                        || !name.getString().equals(sort.get().text()))) {
            throw invalid();
        }
        if (stored.size() != order.size()) {
            throw invalid();
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            values.add(value(order.get(i), stored.get(i)));
        }
        return new ListPosition(values);
    }

    private static JsonArray array(String text) {
        String json = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readArray();
        } catch (JsonException unreadable) {
            throw invalid();
        }
    }

    private static @Nullable Object value(FieldModel field, JsonValue stored) {
        Object plain = switch (stored.getValueType()) {
            case STRING -> ((JsonString) stored).getString();
            case NUMBER -> ((JsonNumber) stored).bigDecimalValue();
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
            case ARRAY, OBJECT -> throw invalid();
        };
        if (plain == null) {
            return null;
        }
        return switch (field.type().read(plain)) {
            case ParseResult.Value value -> value.java();
            case ParseResult.Problem problem -> throw invalid();
        };
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException("is not a position in this list");
    }
}
