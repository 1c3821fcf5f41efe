package dev.lockstep.collection.mapping;

import dev.lockstep.api.EntityId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The Java type of rows' ids. Outside the database every id is a text, in one form for each value: a number in decimal
 * digits, a UUID in lower case. Another text is the id of no row.
 */
@SuppressWarnings("ImmutableEnumChecker") // the readers are method references
public enum IdType {
    TEXT(String.class, text -> text),
    LONG(Long.class, Long::valueOf),
    INTEGER(Integer.class, Integer::valueOf),
    SHORT(Short.class, Short::valueOf),
    UUID_VALUE(UUID.class, UUID::fromString);

    private static final Map<Class<?>, Class<?>> BOXED =
            Map.of(long.class, Long.class, int.class, Integer.class, short.class, Short.class);

    private final Class<?> javaType;
    private final Function<String, Object> reader;

    IdType(Class<?> javaType, Function<String, Object> reader) {
        this.javaType = javaType;
        this.reader = reader;
    }

    /** The id type of a Java type; empty if ids cannot have that type. */
    public static Optional<IdType> of(Class<?> type) {
        Class<?> boxed = BOXED.getOrDefault(type, type);
        for (IdType each : values()) {
            if (each.javaType == boxed) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** The names of the supported Java types. */
    public static List<String> supported() {
        return List.of("String", "Long", "Integer", "Short", "UUID");
    }

    /** The values in one word, for messages. */
    public String described() {
        return this == TEXT ? "text" : this == UUID_VALUE ? "UUID" : "number";
    }

    /** Whether ids are numbers. */
    public boolean isNumber() {
        return Number.class.isAssignableFrom(javaType);
    }

    /** The value in Java; empty if no row can have this id. */
    public Optional<Object> read(EntityId id) {
        return read(id.value());
    }

    /** The same for any text. */
    public Optional<Object> read(String text) {
        try {
            Object value = reader.apply(text);
            return Optional.of(value).filter(read -> read.toString().equals(text));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * The id of a value in Java.
     *
     * @throws IllegalArgumentException for a text that is not an id
     */
    public EntityId write(Object value) {
        return new EntityId(value.toString());
    }
}
