package dev.lockstep.collection.value;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conversion between the plain values of JSON and the values that an entity holds for a JSON column: maps, collections,
 * records with supported members, JSON-P values, and Jackson's {@code JsonNode}.
 */
final class JsonBinding {
    private static final String JACKSON_NODE = "com.fasterxml.jackson.databind.JsonNode";
    private static final String JACKSON_MAPPER = "com.fasterxml.jackson.databind.ObjectMapper";

    private JsonBinding() {}

    /**
     * Whether values of a type can be converted. Types whose values differ after they were stored are not supported,
     * because the JPA provider would take them for changed at each flush: {@code Object}, and classes without equality.
     */
    static boolean supports(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type[] arguments = generic.getActualTypeArguments();
            return (raw == Map.class && arguments[0] == String.class && supports(arguments[1]))
                    || (isCollection(raw) && supports(arguments[0]));
        }
        return type instanceof Class<?> raw
                && (isJson(raw)
                        || FieldType.of(raw).isPresent()
                        || (raw.isRecord() && ObjectTypes.find(raw).isPresent()));
    }

    private static boolean isCollection(Class<?> raw) {
        return raw == List.class || raw == Set.class || raw == Collection.class;
    }

    private static boolean isJson(Class<?> raw) {
        return JsonValue.class.isAssignableFrom(raw) || raw.getName().equals(JACKSON_NODE);
    }

    /** The plain value of a value that an entity holds. */
    static @Nullable Object toPlain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case JsonValue json -> RowValues.plain(json);
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                map.forEach((name, each) -> plain.put(String.valueOf(name), toPlain(each)));
                yield plain;
            }
            case Collection<?> items -> {
                List<@Nullable Object> plain = new ArrayList<>();
                items.forEach(each -> plain.add(toPlain(each)));
                yield plain;
            }
            default -> ofClass(value);
        };
    }

    private static @Nullable Object ofClass(Object value) {
        Optional<FieldType<?>> type = FieldType.of(declared(value));
        if (type.isEmpty() && isJackson(value.getClass())) {
            return parsed(value.toString());
        }
        JsonText json = new JsonText();
        FieldType<?> own = type.isPresent()
                ? type.get()
                : ObjectTypes.find(value.getClass()).orElseThrow();
        own.writeNullable(json, own.toRow(value));
        return parsed(json.toString());
    }

    private static Class<?> declared(Object value) {
        return value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    }

    private static boolean isJackson(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (at.getName().equals(JACKSON_NODE)) {
                return true;
            }
        }
        return false;
    }

    /** The value that an entity holds for a plain value. */
    static @Nullable Object toEntity(Type type, @Nullable Object plain) {
        if (plain == null) {
            return null;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type[] arguments = generic.getActualTypeArguments();
            return raw == Map.class ? map(plain, arguments[1]) : collection(raw, plain, arguments[0]);
        }
        Class<?> raw = (Class<?>) type;
        if (JsonValue.class.isAssignableFrom(raw)) {
            return raw.cast(jsonValue(JsonContent.of(plain).text()));
        }
        if (raw.getName().equals(JACKSON_NODE)) {
            return jacksonNode(raw, JsonContent.of(plain).text());
        }
        FieldType<?> own = FieldType.of(raw).or(() -> ObjectTypes.find(raw)).orElseThrow();
        return switch (own.read(plain)) {
            case ParseResult.Value value -> own.toEntity(ObjectPatch.applied(value.java(), null));
            case ParseResult.Problem problem -> throw new UnboundValue(problem);
        };
    }

    /** A plain value that the entity's type does not accept. */
    static final class UnboundValue extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient ParseResult.Problem problem;

        UnboundValue(ParseResult.Problem problem) {
            super(problem.message());
            this.problem = problem;
        }

        ParseResult.Problem problem() {
            return problem;
        }
    }

    private static Map<String, @Nullable Object> map(Object plain, Type values) {
        if (!(plain instanceof Map<?, ?> members)) {
            throw new UnboundValue(ParseResult.Problem.expected("object", plain));
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        members.forEach((name, value) -> map.put(String.valueOf(name), toEntity(values, value)));
        return map;
    }

    private static Collection<@Nullable Object> collection(Class<?> raw, Object plain, Type items) {
        if (!(plain instanceof List<?> list)) {
            throw new UnboundValue(ParseResult.Problem.expected("array", plain));
        }
        Collection<@Nullable Object> collection = raw == Set.class ? new LinkedHashSet<>() : new ArrayList<>();
        list.forEach(each -> collection.add(toEntity(items, each)));
        return collection;
    }

    private static JsonValue jsonValue(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }

    /** The plain value of a JSON text. */
    static @Nullable Object parsed(String text) {
        return RowValues.plain(jsonValue(text));
    }

    /** By reflection: the engine runs without Jackson where no entity uses it. */
    private static Object jacksonNode(Class<?> node, String text) {
        try {
            Class<?> mapper = Class.forName(JACKSON_MAPPER, true, node.getClassLoader());
            return mapper.getMethod("readTree", String.class)
                    .invoke(mapper.getConstructor().newInstance(), text);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Jackson cannot read JSON of its own form", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Jackson's ObjectMapper is missing beside JsonNode", e);
        }
    }
}
