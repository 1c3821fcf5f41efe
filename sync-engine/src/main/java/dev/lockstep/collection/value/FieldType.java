package dev.lockstep.collection.value;

import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.value.ParseResult.Problem;
import dev.lockstep.collection.value.ParseResult.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of one Java type's values. Parsing is strict: a number is not accepted as a string, and a value that a
 * database cannot store is refused by field name. Rows hold values of type {@code T}, which are immutable and have an
 * {@code equals}; an entity may hold others ({@link EntityForm}).
 *
 * @param kind the kind of JSON value
 */
public record FieldType<T>(
        JsonKind kind, Function<Object, ParseResult> reader, BiConsumer<JsonText, T> writer, EntityForm form) {
    /**
     * Most characters of a text (UTF-16 code units). A longer text, and one that exceeds its column, is refused by field
     * name. The log stores each row as JSON of at most {@link RowImage#CHARACTERS_MAX} characters.
     */
    static final int TEXT_CHARACTERS_MAX = 1_000_000;

    /** The syntax of a number in JSON. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]{1,9})?");

    private static final Map<Class<?>, Class<?>> BOXED = Map.of(
            boolean.class, Boolean.class,
            char.class, Character.class,
            byte.class, Byte.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class);

    /** The type of values that rows hold as the entity does. */
    FieldType(JsonKind kind, Function<Object, ParseResult> reader, BiConsumer<JsonText, T> writer) {
        this(kind, reader, writer, EntityForm.SAME);
    }

    /** The form that a client has to send, for messages. */
    public String expected() {
        return kind.expected();
    }

    /** The types by Java class, in a class of their own: they need this one. */
    private static final class ByClass {
        static final Map<Class<?>, FieldType<?>> TYPES = all();

        private static Map<Class<?>, FieldType<?>> all() {
            Map<Class<?>, FieldType<?>> types = new LinkedHashMap<>();
            types.putAll(TextTypes.ALL);
            types.putAll(NumberTypes.ALL);
            types.putAll(TimeTypes.ALL);
            return types;
        }
    }

    /** The type of a Java class; empty if values of the class cannot be sent to clients. */
    public static Optional<FieldType<?>> of(Class<?> javaClass) {
        if (javaClass.isEnum()) {
            return Optional.of(TextTypes.anEnum(javaClass));
        }
        return Optional.ofNullable(ByClass.TYPES.get(BOXED.getOrDefault(javaClass, javaClass)));
    }

    static boolean isOf(Class<?> javaClass) {
        return javaClass.isEnum() || ByClass.TYPES.containsKey(BOXED.getOrDefault(javaClass, javaClass));
    }

    /** Whether its values have parts: objects, arrays, and the content of JSON columns. */
    public boolean isStructured() {
        return switch (kind) {
            case JsonKind.ObjectOf object -> true;
            case JsonKind.ArrayOf array -> true;
            case JsonKind.Any any -> true;
            case JsonKind.Scalar scalar -> false;
            case JsonKind.Constants constants -> false;
        };
    }

    /** Decimals of a column that would round a number with more digits after the point. */
    public static FieldType<BigDecimal> decimal(int scale) {
        return NumberTypes.decimal(scale);
    }

    /** Numbers that are sent as texts, for clients whose own numbers have fewer digits. */
    public static <N> FieldType<N> asText(FieldType<N> number) {
        String expected = number.expected() + " as a text";
        return new FieldType<>(
                JsonKind.text(expected),
                json -> {
                    if (!(json instanceof String text)) {
                        return Problem.expected(expected, json);
                    }
                    return text.length() <= NumberTypes.CHARACTERS_MAX
                                    && NUMBER.matcher(text).matches()
                            ? number.read(new BigDecimal(text))
                            : new Problem("expected " + expected);
                },
                (json, value) -> {
                    json.raw("\"");
                    number.write(json, value);
                    json.raw("\"");
                },
                number.form());
    }

    /** The same JSON form for an entity that holds the values in another form. */
    public FieldType<T> in(EntityForm other) {
        return new FieldType<>(kind, reader, writer, other);
    }

    /** The supported Java classes of fields, besides enums and primitives. */
    public static List<String> supported() {
        return ByClass.TYPES.keySet().stream()
                .map(Class::getSimpleName)
                .sorted()
                .toList();
    }

    /** Parses a plain JSON value that is not {@code null}; the result is a value of a row. */
    public ParseResult read(Object json) {
        return reader.apply(json);
    }

    @SuppressWarnings("unchecked") // the value comes from the Java field that this type was found for
    public void write(JsonText json, Object value) {
        writer.accept(json, (T) value);
    }

    /** Appends a value that may be null. */
    public void writeNullable(JsonText json, @Nullable Object value) {
        if (value == null) {
            json.raw("null");
        } else {
            write(json, value);
        }
    }

    /** The characters of a value as far as they may be many; those of numbers and times do not count. */
    public int characters(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case String text -> text.length();
            case JsonContent content -> content.text().length();
            case ObjectValue object -> written(object);
            case List<?> list -> written(list);
            default -> 0;
        };
    }

    private int written(Object value) {
        JsonText json = new JsonText();
        write(json, value);
        return json.toString().length();
    }

    /** The value of a row for a value of an entity. */
    public @Nullable Object toRow(@Nullable Object ofEntity) {
        return ofEntity == null ? null : form.toRow(ofEntity);
    }

    /** The value of an entity for a value of a row. */
    public @Nullable Object toEntity(@Nullable Object ofRow) {
        return ofRow == null ? null : form.toEntity(ofRow);
    }

    /** PostgreSQL stores neither a NUL nor half a surrogate pair. */
    public static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    /** The result for a text that a reader parses; it may throw if it cannot. */
    static ParseResult parse(Object json, String expected, String example, Function<String, ParseResult> reader) {
        if (!(json instanceof String text)) {
            return Problem.expected(expected, json);
        }
        try {
            return reader.apply(text);
        } catch (RuntimeException unreadable) {
            return new Problem("expected " + expected + example);
        }
    }

    /** A type of values that are sent as texts. */
    static <V> FieldType<V> text(String expected, String example, Function<String, V> reader) {
        return new FieldType<>(
                JsonKind.text(expected),
                json -> parse(json, expected, example, text -> new Value(reader.apply(text))),
                (json, value) -> json.string(value.toString()));
    }
}
