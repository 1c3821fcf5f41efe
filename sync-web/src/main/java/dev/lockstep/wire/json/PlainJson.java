package dev.lockstep.wire.json;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain values: {@code String}, {@code Long}, {@code BigDecimal}, {@code Boolean}, {@code null}, {@code List},
 * {@code Map} in the order of the text. Of two equal keys the last wins, as in JavaScript. Thread-safe.
 */
public final class PlainJson {
    /** Largest request body, in bytes. A larger one is refused as {@link ErrorCode#TOO_LARGE}, unread. */
    public static final int BODY_BYTES_MAX = 1024 * 1024;

    /** Deepest nesting. No row of plain columns needs more, and deeper input would use up the stack. */
    public static final int DEPTH_MAX = 64;

    // One lookup for all: each lookup reads the deployment's archives, which took an eighth of a mutation's time.
    private static final JsonProvider PROVIDER = JsonProvider.provider();

    private static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of());

    private PlainJson() {}

    /**
     * Reads a request's body.
     *
     * @throws SyncException if it is too large, or not JSON
     */
    public static @Nullable Object read(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(BODY_BYTES_MAX + 1);
            if (bytes.length > BODY_BYTES_MAX) {
                throw new SyncException(
                        ErrorCode.TOO_LARGE,
                        "The body is larger than " + BODY_BYTES_MAX + " bytes; send less at a time");
            }
            return parse(text(bytes));
        } catch (IOException e) {
            throw new SyncException(ErrorCode.MALFORMED, "The body ended too early", e);
        }
    }

    /** A text as a JSON string, with quotes. Most texts are ids and names, which need no escapes. */
    public static String quote(String text) {
        return isPlain(text) ? '"' + text + '"' : escaped(text);
    }

    /** Appends a text as a JSON string. */
    public static StringBuilder quote(StringBuilder json, String text) {
        return isPlain(text) ? json.append('"').append(text).append('"') : json.append(escaped(text));
    }

    /** Escapes a lone surrogate: UTF-8 has no bytes for it, and readers would receive a '?'. */
    private static String escaped(String text) {
        String quoted = PROVIDER.createValue(text).toString();
        if (quoted.codePoints().noneMatch(PlainJson::isHalfPair)) {
            return quoted;
        }
        StringBuilder json = new StringBuilder();
        quoted.codePoints().forEach(c -> {
            if (isHalfPair(c)) {
                json.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                json.appendCodePoint(c);
            }
        });
        return json.toString();
    }

    private static boolean isHalfPair(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Plain values as JSON. */
    public static String write(@Nullable Object value) {
        return write(new StringBuilder(), value).toString();
    }

    /** Appends a value as JSON. */
    static StringBuilder write(StringBuilder json, @Nullable Object value) {
        switch (value) {
            case String text -> quote(json, text);
            case Map<?, ?> members -> {
                String before = "{";
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    write(
                            quote(json.append(before), String.valueOf(member.getKey()))
                                    .append(':'),
                            member.getValue());
                    before = ",";
                }
                json.append(members.isEmpty() ? "{}" : "}");
            }
            case List<?> items -> {
                String before = "[";
                for (Object item : items) {
                    write(json.append(before), item);
                    before = ",";
                }
                json.append(items.isEmpty() ? "[]" : "]");
            }
            case null -> json.append("null");
            default -> json.append(value); // a number, true, false, or a JsonObject
        }
        return json;
    }

    /**
     * Reads a text.
     *
     * @throws SyncException if it is not JSON
     */
    public static @Nullable Object parse(String text) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            Object value = value(parser, parser.next(), 0);
            if (parser.hasNext()) {
                throw malformed();
            }
            return value;
        } catch (JsonException | NoSuchElementException | IllegalStateException e) {
            throw malformed();
        }
    }

    /** The text value of a member of a JSON object that may be truncated; empty if the member is missing. */
    public static Optional<String> member(String json, String name) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(json))) {
            int depth = 0;
            while (true) {
                switch (parser.next()) {
                    case START_OBJECT, START_ARRAY -> depth++;
                    case END_OBJECT, END_ARRAY -> depth--;
                    case KEY_NAME -> {
                        if (depth == 1 && parser.getString().equals(name) && parser.next() == Event.VALUE_STRING) {
                            return Optional.of(parser.getString());
                        }
                    }
                    default -> {}
                }
            }
        } catch (JsonException | NoSuchElementException | IllegalStateException ended) {
            return Optional.empty();
        }
    }

    /** Invalid UTF-8 is refused (RFC 8259, section 8.1): with replacement characters the row would differ from what was sent. */
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static @Nullable Object value(JsonParser parser, Event event, int depth) {
        if (depth > DEPTH_MAX) {
            throw new SyncException(
                    ErrorCode.MALFORMED, "The JSON is nested deeper than " + DEPTH_MAX + " levels; flatten it");
        }
        return switch (event) {
            case START_OBJECT -> object(parser, depth);
            case START_ARRAY -> array(parser, depth);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER -> number(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case KEY_NAME, END_OBJECT, END_ARRAY -> throw malformed();
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser, int depth) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            String key = parser.getString();
            members.put(key, value(parser, parser.next(), depth + 1));
        }
        return members;
    }

    private static List<@Nullable Object> array(JsonParser parser, int depth) {
        List<@Nullable Object> items = new ArrayList<>();
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            items.add(value(parser, event, depth + 1));
        }
        return items;
    }

    private static Object number(JsonParser parser) {
        BigDecimal number = decimal(parser);
        // precision before longValueExact: 1e999999999 must not be written out
        boolean fitsLong = number.scale() == 0 && number.precision() <= 18;
        return fitsLong ? (Object) number.longValueExact() : number;
    }

    /** JSON parsers refuse too long numbers, and exponents that exceed an int, with different exceptions. */
    private static BigDecimal decimal(JsonParser parser) {
        try {
            return parser.getBigDecimal();
        } catch (NumberFormatException | UnsupportedOperationException unreadable) {
            throw malformed();
        }
    }

    private static SyncException malformed() {
        return new SyncException(ErrorCode.MALFORMED, "Malformed JSON in request body");
    }
}
