package dev.lockstep.identity;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Identity;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts authenticated identities to JSON and back. Claims without a JSON type are stored as text. */
final class IdentityJson {
    private IdentityJson() {}

    static String write(Identity.Known known) {
        Caller caller = known.caller();
        JsonObjectBuilder json = Json.createObjectBuilder();
        caller.subject().ifPresent(subject -> json.add("subject", subject));
        json.add("claims", value(caller.claims()));
        caller.expiry().ifPresent(expiry -> json.add("expiry", expiry.toString()));
        known.issued().ifPresent(issued -> json.add("issued", issued.toString()));
        known.key().ifPresent(key -> json.add("key", key));
        return json.build().toString();
    }

    private static JsonValue value(@Nullable Object value) {
        return switch (value) {
            case null -> JsonValue.NULL;
            case Boolean yes -> yes ? JsonValue.TRUE : JsonValue.FALSE;
            case Integer number -> Json.createValue(number);
            case Long number -> Json.createValue(number);
            case BigDecimal number -> Json.createValue(number);
            case Double number ->
                Double.isFinite(number) ? Json.createValue(number) : Json.createValue(number.toString());
            case List<?> items -> {
                var array = Json.createArrayBuilder();
                items.forEach(item -> array.add(value(item)));
                yield array.build();
            }
            case Map<?, ?> members -> {
                var object = Json.createObjectBuilder();
                members.forEach((name, member) -> object.add(String.valueOf(name), value(member)));
                yield object.build();
            }
            default -> Json.createValue(value.toString());
        };
    }

    static Identity.Known read(String application, String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject json = reader.readObject();
            Map<String, Object> claims = new LinkedHashMap<>();
            json.getJsonObject("claims").forEach((name, value) -> {
                Object claim = value(value);
                if (claim != null) {
                    claims.put(name, claim);
                }
            });
            return new Identity.Known(
                    new Caller(
                            application,
                            text(json, "subject"),
                            claims,
                            text(json, "expiry").map(Instant::parse)),
                    text(json, "issued").map(Instant::parse),
                    text(json, "key"));
        }
    }

    private static Optional<String> text(JsonObject json, String name) {
        return Optional.ofNullable(json.getString(name, null));
    }

    private static @Nullable Object value(JsonValue value) {
        return switch (value.getValueType()) {
            case NULL -> null;
            case TRUE -> true;
            case FALSE -> false;
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> number((JsonNumber) value);
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                ((JsonArray) value).forEach(item -> items.add(value(item)));
                yield items;
            }
            case OBJECT -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                value.asJsonObject().forEach((name, member) -> members.put(name, value(member)));
                yield members;
            }
        };
    }

    private static Object number(JsonNumber number) {
        return number.isIntegral() ? (Object) number.longValueExact() : number.bigDecimalValue();
    }
}
