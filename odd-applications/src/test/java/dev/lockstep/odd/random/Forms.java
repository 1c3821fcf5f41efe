package dev.lockstep.odd.random;

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
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
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

    /** Arrays of these items, whose order is kept. */
    static Kind arrayOf(Kind item, List<String> usual, List<String> odd) {
        return json(usual, odd)
                .comparedBy(
                        (sent, received) -> areAll(sent, received, item.isKept()),
                        (stored, received) -> areAll(
                                read(stored),
                                received,
                                (value, each) -> item.isStored().test(plain(value), each)));
    }

    private static boolean areAll(JsonValue some, JsonValue others, BiPredicate<JsonValue, JsonValue> areSame) {
        JsonArray left = (JsonArray) some;
        JsonArray right = (JsonArray) others;
        return left.size() == right.size()
                && IntStream.range(0, left.size()).allMatch(i -> areSame.test(left.get(i), right.get(i)));
    }

    /** Arrays of these items, of which no two are equal. */
    static Kind setOf(Kind item, List<String> usual, List<String> odd) {
        return json(usual, odd)
                .comparedBy(
                        (sent, received) -> areIn(sent, received, item.isKept()),
                        (stored, received) -> ((JsonArray) read(stored)).size() == ((JsonArray) received).size()
                                && areIn(
                                        read(stored),
                                        received,
                                        (value, each) -> item.isStored().test(plain(value), each)));
    }

    /** Whether each value is in the array, which has no others and none twice. */
    private static boolean areIn(JsonValue values, JsonValue array, BiPredicate<JsonValue, JsonValue> areSame) {
        Set<JsonValue> items = new HashSet<>((JsonArray) array);
        Set<JsonValue> found = new HashSet<>();
        boolean areAll = true;
        for (JsonValue value : (JsonArray) values) {
            List<JsonValue> same =
                    items.stream().filter(item -> areSame.test(value, item)).toList();
            areAll &= same.size() == 1;
            found.addAll(same);
        }
        return areAll && found.equals(items) && items.size() == ((JsonArray) array).size();
    }

    private static String plain(JsonValue value) {
        return value instanceof JsonString text ? text.getString() : value.toString();
    }

    /** Constants of an enum, stored as their first letters. */
    static Kind letter(String... names) {
        Kind constant = Kinds.constant(names);
        return constant.comparedBy(
                constant.isKept(),
                (stored, received) -> stored.equals(text(received).substring(0, 1)));
    }

    /** Whole numbers that are sent as texts. */
    static Kind numberAsText() {
        return new Kind(
                List.of("\"1\"", "\"-20\"", "\"9007199254740993\""),
                odd(List.of(
                        "\"\"",
                        "\"007\"",
                        "\"+7\"",
                        "\"-0\"",
                        "\"1.0\"",
                        "\"1e2\"",
                        "\" 1\"",
                        "\"9223372036854775807\"",
                        "\"9223372036854775808\"")),
                (sent, received) -> new BigDecimal(plain(sent)).compareTo(new BigDecimal(text(received))) == 0,
                (stored, received) -> stored.equals(text(received)));
    }

    /** Objects of a JSON column; a missing member has its initial value. */
    static Kind objects(Map<String, JsonValue> initial, List<String> usual, List<String> odd) {
        return json(usual, odd)
                .comparedBy(
                        (sent, received) -> complete(initial, sent).equals(received),
                        (stored, received) -> complete(initial, read(stored)).equals(received));
    }

    /**
     * Arrays of objects with members; a missing member is null.
     *
     * @param members in the order in which rows have them
     * @param order the items as clients receive them, of those that were sent
     */
    static Kind items(
            List<String> members, UnaryOperator<Stream<JsonObject>> order, List<String> usual, List<String> odd) {
        Map<String, JsonValue> initial = new LinkedHashMap<>();
        members.forEach(member -> initial.put(member, JsonValue.NULL));
        BiPredicate<JsonValue, JsonValue> areSame =
                (some, received) -> order.apply(((JsonArray) some).stream().map(item -> complete(initial, item)))
                        .toList()
                        .equals(received);
        return json(usual, odd).comparedBy(areSame, (stored, received) -> areSame.test(read(stored), received));
    }

    /** The object with all of its members, and without unknown ones, which the server ignores. */
    private static JsonObject complete(Map<String, JsonValue> initial, JsonValue object) {
        Map<String, JsonValue> members = new LinkedHashMap<>(initial);
        members.replaceAll((name, value) -> ((JsonObject) object).getOrDefault(name, value));
        JsonObjectBuilder all = Json.createObjectBuilder();
        members.forEach(all::add);
        return all.build();
    }

    private static List<String> items(boolean isSet, JsonValue array) {
        Stream<String> items =
                ((JsonArray) array).stream().map(JsonValue::toString).map(text -> text.toLowerCase(Locale.ROOT));
        return (isSet ? items.distinct() : items).sorted().toList();
    }
}
