package dev.lockstep.odd.random;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** The kinds of values that an entity holds in another form than a row, and of values with parts. */
final class Forms {
    private static final List<String> NOT_TEXTS = List.of("null", "true", "7", "{}", "[]", "[1]");

    private Forms() {}

    private static List<String> odd(List<String> values) {
        return Stream.concat(values.stream(), NOT_TEXTS.stream()).toList();
    }

    private static String text(JsonValue json) {
        return ((JsonString) json).getString();
    }

    private static JsonValue read(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readValue();
        }
    }

    static Kind time() {
        return new Kind(
                List.of("\"10:00\"", "\"23:59:59.999\"", "\"00:00:00\""),
                odd(List.of(
                        "\"24:00\"",
                        "\"02:30:00.123456789\"",
                        "\"10:00Z\"",
                        "\"10\"",
                        "\"23:59:59.999999\"",
                        "\"23:59:59.9999999\"")),
                (sent, received) -> time(sent).equals(time(received)),
                (stored, received) -> LocalTime.parse(stored).equals(time(received)));
    }

    private static LocalTime time(JsonValue json) {
        return LocalTime.parse(text(json)).truncatedTo(ChronoUnit.MICROS);
    }

    /** Stored as nanoseconds. */
    static Kind duration() {
        return new Kind(
                List.of("\"PT1H30M\"", "\"PT0.5S\"", "\"P1DT2H\""),
                odd(List.of(
                        "\"PT-0.000000001S\"",
                        "\"PT0S\"",
                        "\"P1M\"",
                        "\"PT999999999999S\"",
                        "\"PT1000000000000S\"",
                        "\"1h\"")),
                (sent, received) -> Duration.parse(text(sent)).equals(Duration.parse(text(received))),
                (stored, received) -> new BigDecimal(stored).compareTo(nanos(Duration.parse(text(received)))) == 0);
    }

    private static BigDecimal nanos(Duration duration) {
        return BigDecimal.valueOf(duration.toSeconds())
                .movePointRight(9)
                .add(BigDecimal.valueOf(duration.toNanosPart()));
    }

    /** Texts in a form of their own; the server may write another case. */
    static Kind coded(List<String> usual, List<String> odd) {
        return new Kind(
                usual,
                odd(odd),
                (sent, received) -> text(sent).equalsIgnoreCase(text(received)),
                (stored, received) -> stored.replace('_', '-').equalsIgnoreCase(text(received)));
    }

    /** Stored without a time zone, as the time in UTC. */
    static Kind date() {
        Kind moment = Kinds.moment();
        return new Kind(
                moment.usual(),
                moment.odd(),
                moment.isKept(),
                (stored, received) -> LocalDateTime.parse(stored)
                        .toInstant(ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.MILLIS)
                        .equals(Instant.parse(text(received))));
    }

    static Kind bytes() {
        return new Kind(
                List.of("\"AQID\"", "\"AQIDBAUGBwg=\"", "\"\""),
                odd(List.of(
                        "\"AQIDBAUGBwgJ\"",
                        "\"AQID=\"",
                        "\"AQI\"",
                        "\"_-8=\"",
                        "\"/+8=\"",
                        "\"not base64\"",
                        "\"AQID \"")),
                Object::equals,
                (stored, received) -> stored.equals(
                        HexFormat.of().formatHex(Base64.getDecoder().decode(text(received)))));
    }

    /** Values of a JSON column. */
    static Kind json(List<String> usual, List<String> odd) {
        List<String> all = new ArrayList<>(odd);
        all.addAll(List.of("null", "7", "\"x\"", "true"));
        return new Kind(usual, all, Forms::isSame, (stored, received) -> isSame(read(stored), received));
    }

    /** Equality of values, not of their forms: a JSON column may hold numbers as doubles. */
    private static boolean isSame(JsonValue one, JsonValue other) {
        if (one instanceof JsonObject members && other instanceof JsonObject others) {
            return members.keySet().equals(others.keySet())
                    && members.entrySet().stream()
                            .allMatch(member ->
                                    isSame(member.getValue(), others.getOrDefault(member.getKey(), JsonValue.NULL)));
        }
        if (one instanceof JsonArray items && other instanceof JsonArray others) {
            for (int i = 0; i < items.size() && items.size() == others.size(); i++) {
                if (!isSame(items.get(i), others.get(i))) {
                    return false;
                }
            }
            return items.size() == others.size();
        }
        if (one instanceof JsonNumber number && other instanceof JsonNumber another) {
            return number.bigDecimalValue().compareTo(another.bigDecimalValue()) == 0
                    || number.doubleValue() == another.doubleValue();
        }
        return one.equals(other);
    }

    /** Arrays whose order is kept. */
    static Kind array(List<String> usual, List<String> odd) {
        return json(usual, odd);
    }

    /** Arrays whose items are sorted. */
    static Kind sorted(boolean isSet, List<String> usual, List<String> odd) {
        BiPredicate<JsonValue, JsonValue> isKept =
                (sent, received) -> items(isSet, sent).equals(items(isSet, received));
        return new Kind(
                usual,
                Stream.concat(odd.stream(), Stream.of("null", "7", "\"x\"", "{}"))
                        .toList(),
                isKept,
                (stored, received) -> items(isSet, read(stored)).equals(items(isSet, received)));
    }

    private static List<String> items(boolean isSet, JsonValue array) {
        Stream<String> items =
                ((JsonArray) array).stream().map(JsonValue::toString).map(text -> text.toLowerCase(Locale.ROOT));
        return (isSet ? items.distinct() : items).sorted().toList();
    }
}
