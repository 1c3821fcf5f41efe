package dev.lockstep.wire.strata.request;

import dev.lockstep.wire.strata.request.StrataError.Detail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Faults of a request. Belongs to one thread. */
public final class RequestProblems {
    /** Most digits of a number. JavaScript accepts any number; longer ones would only cost time. */
    private static final int DIGITS_MAX = 40;

    private final Map<String, List<Detail>> byField = new LinkedHashMap<>();
    private int count;

    int count() {
        return count;
    }

    void add(String field, String message) {
        byField.computeIfAbsent(field, first -> new ArrayList<>()).add(new Detail(field, message));
        count++;
    }

    Map<?, ?> object(String field, @Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            return members;
        }
        add(field, "Invalid input: expected object, received " + kind(value));
        return Map.of();
    }

    String text(String field, Map<?, ?> members, String key, String required) {
        if (!(members.get(key) instanceof String text)) {
            add(field, "Invalid input: expected string, received " + kind(members, key));
            return "";
        }
        if (text.isEmpty() && !required.isEmpty()) {
            add(field, required);
        }
        return text;
    }

    /** Requires a text that databases and the log can store. */
    void storable(String field, String id, String what, int charactersMax) {
        if (!isStorable(id, charactersMax)) {
            add(field, what + " is at most " + charactersMax + " characters of Unicode without NUL");
        }
    }

    /** Whether databases store a text unchanged. */
    public static boolean isStorable(String text, int charactersMax) {
        return text.length() <= charactersMax
                && text.codePoints()
                        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    static String kind(Map<?, ?> members, String key) {
        return members.containsKey(key) ? kind(members.get(key)) : "undefined";
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "string";
            case Number number -> "number";
            case Boolean truth -> "boolean";
            case List<?> list -> "array";
            default -> "object";
        };
    }

    String option(String field, @Nullable Object value, Iterable<String> options) {
        List<String> quoted = new ArrayList<>();
        for (String option : options) {
            if (option.equals(value)) {
                return option;
            }
            quoted.add("\"" + option + "\"");
        }
        add(field, "Invalid option: expected one of " + String.join("|", quoted));
        return "";
    }

    void numeric(String field, String value, String message) {
        if (!value.matches("[0-9]{1," + DIGITS_MAX + "}")) {
            add(field, message);
        }
    }

    Optional<String> only(Map<String, List<String>> query, String key) {
        List<String> values = query.getOrDefault(key, List.of());
        if (values.size() > 1) {
            add(key, "Invalid input: expected string, received array");
        }
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    void throwIfAny(Optional<String> transaction) {
        if (count > 0) {
            throw StrataError.invalidBody(transaction, details());
        }
    }

    void throwIfAnyInQuery() {
        if (count > 0) {
            throw StrataError.invalidQuery(details());
        }
    }

    List<Detail> details() {
        return byField.values().stream().flatMap(List::stream).toList();
    }
}
