package dev.lockstep.collection.value;

import dev.lockstep.collection.value.ParseResult.Problem;
import dev.lockstep.collection.value.ParseResult.Value;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The types of values that are sent as texts or as booleans. */
public final class TextTypes {
    static final Map<Class<?>, FieldType<?>> ALL = Map.of(
            String.class, new FieldType<String>(JsonKind.STRING, TextTypes::readText, JsonText::string),
            Character.class,
                    new FieldType<Character>(
                            JsonKind.text("character"),
                            TextTypes::readCharacter,
                            (json, c) -> json.string(c.toString())),
            Boolean.class, new FieldType<Boolean>(JsonKind.BOOLEAN, TextTypes::readBoolean, JsonText::literal),
            UUID.class, FieldType.text("UUID", ", as in 0192f1c0-7d1e-7b1a-9c3e-2f6a5d4b3c21", UUID::fromString),
            Currency.class, FieldType.text("currency", ", as in EUR", Currency::getInstance),
            Locale.class,
                    FieldType.text("language", ", as in en-GB", TextTypes::locale)
                            .in(EntityForm.of(
                                    locale -> ((Locale) locale).toLanguageTag(),
                                    tag -> Locale.forLanguageTag((String) tag))),
            byte[].class,
                    new FieldType<String>(JsonKind.text("base64"), TextTypes::readBytes, JsonText::string)
                            .in(EntityForm.of(
                                    bytes -> Base64.getEncoder().encodeToString((byte[]) bytes),
                                    text -> Base64.getDecoder().decode((String) text))));

    private TextTypes() {}

    private static ParseResult readText(Object json) {
        if (!(json instanceof String text)) {
            return Problem.expected("string", json);
        }
        if (text.length() > FieldType.TEXT_CHARACTERS_MAX) {
            return new Problem("is too long: at most " + FieldType.TEXT_CHARACTERS_MAX + " characters");
        }
        return FieldType.isStorable(text) ? new Value(text) : new Problem("holds a NUL or half a surrogate pair");
    }

    private static ParseResult readCharacter(Object json) {
        if (!(json instanceof String text)) {
            return Problem.expected("character", json);
        }
        return text.length() == 1 && FieldType.isStorable(text)
                ? new Value(text.charAt(0))
                : new Problem("expected one character");
    }

    private static ParseResult readBoolean(Object json) {
        return json instanceof Boolean ? new Value(json) : Problem.expected("boolean", json);
    }

    private static String locale(String tag) {
        return new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
    }

    /** Rows hold the text, which is compared more often than it is decoded. */
    private static ParseResult readBytes(Object json) {
        if (json instanceof String text && text.length() > FieldType.TEXT_CHARACTERS_MAX) {
            return new Problem("is too long: at most " + FieldType.TEXT_CHARACTERS_MAX / 4 * 3 + " bytes");
        }
        return FieldType.parse(
                json,
                "base64",
                " with padding, as in AQID",
                text -> new Value(
                        Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text))));
    }

    /** The number of bytes in a base64 text. */
    public static int bytes(String base64) {
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() / 4 * 3 - padding;
    }

    /** One of some texts. */
    static FieldType<String> oneOf(List<String> texts) {
        JsonKind kind = new JsonKind.Constants(List.copyOf(texts));
        return new FieldType<>(
                kind,
                json -> json instanceof String text && texts.contains(text)
                        ? new Value(text)
                        : new Problem("expected " + kind.expected()),
                JsonText::string);
    }

    static FieldType<Enum<?>> anEnum(Class<?> javaClass) {
        List<Enum<?>> constants = List.of(javaClass.getEnumConstants()).stream()
                .<Enum<?>>map(c -> (Enum<?>) c)
                .toList();
        JsonKind kind = new JsonKind.Constants(
                constants.stream().<String>map(Enum::name).toList());
        return new FieldType<>(
                kind,
                json -> constants.stream()
                        .filter(constant -> constant.name().equals(json))
                        .findFirst()
                        .<ParseResult>map(Value::new)
                        .orElse(new Problem("expected " + kind.expected())),
                (text, value) -> text.string(value.name()));
    }
}
