package dev.lockstep.collection.mapping;

import dev.lockstep.api.EntityId;
import jakarta.persistence.AccessType;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The class of ids of several columns, and the one text that an id is outside the database: its parts in the order of the
 * class, with {@code ~} between them. Letters and digits of ASCII, {@code -} and {@code _} stand for themselves, each byte of
 * other characters in UTF-8 is {@code !} and two hexadecimal digits, and an empty text is {@code !} alone. Another text is
 * the id of no row. Immutable.
 */
public final class KeyType {
    private static final String SEPARATOR = "~";
    private static final char ESCAPE = '!';
    private static final int HEX_DIGITS = 2;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Class<?> javaType;
    private final List<PersistentMember> members;
    private final Constructor<?> constructor;

    private KeyType(Class<?> javaType, List<PersistentMember> members, Constructor<?> constructor) {
        this.javaType = javaType;
        this.members = List.copyOf(members);
        this.constructor = constructor;
    }

    /**
     * The ids of a class.
     *
     * @param access the access of the entity that has it
     * @throws InvalidMapping if a part has no text, or ids cannot be made or compared
     */
    static KeyType of(Class<?> javaType, AccessType access) {
        List<PersistentMember> members =
                PersistentMembers.of(javaType, javaType.isRecord() ? AccessType.FIELD : access);
        members.forEach(member -> requireText(member.getName(), member.getType()));
        try {
            if (javaType.getMethod("equals", Object.class).getDeclaringClass() == Object.class) {
                throw new InvalidMapping("has ids of the class " + javaType.getSimpleName()
                        + ", which has no equals(), so that no two ids are the same: add equals() and hashCode() over"
                        + " its fields, or make it a record.");
            }
            Constructor<?> constructor = javaType.isRecord()
                    ? javaType.getDeclaredConstructor(members.stream()
                            .<Class<?>>map(PersistentMember::getType)
                            .toArray(Class<?>[]::new))
                    : javaType.getDeclaredConstructor();
            constructor.setAccessible(true);
            return new KeyType(javaType, members, constructor);
        } catch (NoSuchMethodException e) {
            throw new InvalidMapping("has ids of the class " + javaType.getSimpleName()
                    + ", which has no constructor without parameters: add one, or make it a record.");
        }
    }

    private static void requireText(String name, Class<?> type) {
        if (!type.isEnum()
                && type != LocalDate.class
                && !isByte(type)
                && IdType.of(type).isEmpty()) {
            throw new InvalidMapping("has the part '" + name + "' of its id of type " + type.getSimpleName()
                    + ", which has no short and exact text: use one of [String, Long, Integer, Short, Byte, UUID,"
                    + " LocalDate] or an enum, or give the entity an @Id of one column and a unique constraint over"
                    + " the others.");
        }
    }

    private static boolean isByte(Class<?> type) {
        return type == Byte.class || type == byte.class;
    }

    Class<?> javaType() {
        return javaType;
    }

    /** The attributes of the class. */
    List<PersistentMember> members() {
        return members;
    }

    /** The names of the parts in Java, in their order. */
    public List<String> names() {
        return members.stream().map(PersistentMember::getName).toList();
    }

    /** The values of the parts, in their order. */
    public List<@Nullable Object> values(Object key) {
        List<@Nullable Object> values = new ArrayList<>(members.size());
        members.forEach(member -> values.add(member.get(key)));
        return values;
    }

    /** The parts of an id that has no values yet. */
    List<@Nullable Object> initial() {
        List<@Nullable Object> values = new ArrayList<>(members.size());
        members.forEach(member -> values.add(initial(member.getType())));
        return values;
    }

    private static @Nullable Object initial(Class<?> type) {
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
    }

    /** The id with these parts. */
    public Object make(List<@Nullable Object> values) {
        try {
            if (javaType.isRecord()) {
                return constructor.newInstance(values.toArray());
            }
            Object key = constructor.newInstance();
            for (int i = 0; i < values.size(); i++) {
                members.get(i).set(key, values.get(i));
            }
            return key;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(javaType.getName() + " cannot be made from its values", e);
        }
    }

    /** The id in Java; empty if no row can have this one. */
    public Optional<Object> read(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        if (parts.length != members.size()) {
            return Optional.empty();
        }
        try {
            List<@Nullable Object> values = new ArrayList<>(parts.length);
            for (int i = 0; i < parts.length; i++) {
                values.add(part(members.get(i).getType(), unescaped(parts[i])));
            }
            Object key = make(values);
            return Optional.of(key).filter(read -> write(read).equals(text));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * The text of an id.
     *
     * @throws NullPointerException if a part is null
     */
    public String write(Object key) {
        StringJoiner text = new StringJoiner(SEPARATOR);
        for (Object part : values(key)) {
            text.add(escaped(partText(Objects.requireNonNull(part, "an id has all of its parts"))));
        }
        return text.toString();
    }

    /** Whether the text of an id is short enough. */
    public boolean isWritable(Object key) {
        return write(key).length() <= EntityId.CHARACTERS_MAX;
    }

    /** The form of ids, for messages. */
    public String described() {
        return String.join(SEPARATOR, names());
    }

    /** The text of one part, without escapes. */
    public static String partText(Object part) {
        return part instanceof Enum<?> constant ? constant.name() : part.toString();
    }

    private static Object part(Class<?> type, String text) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> partText(constant).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no constant of this name"));
        }
        if (type == LocalDate.class) {
            return LocalDate.parse(text);
        }
        if (isByte(type)) {
            return Byte.valueOf(text);
        }
        return IdType.of(type).flatMap(id -> id.read(text)).orElseThrow();
    }

    private static String escaped(String text) {
        if (text.isEmpty()) {
            return String.valueOf(ESCAPE);
        }
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (isPlain(character)) {
                escaped.appendCodePoint(character);
            } else {
                for (byte each : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
                    escaped.append(ESCAPE).append(HEX.toHexDigits(each));
                }
            }
        });
        return escaped.toString();
    }

    private static boolean isPlain(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '_';
    }

    private static String unescaped(String part) {
        if (part.equals(String.valueOf(ESCAPE))) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(part.length());
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) == ESCAPE) {
                bytes.write(HexFormat.fromHexDigits(part, i + 1, i + 1 + HEX_DIGITS));
                i += HEX_DIGITS;
            } else {
                bytes.write(part.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
