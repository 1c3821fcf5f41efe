package dev.lockstep.collection.value;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
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
 * records and classes with supported members, and Jackson's {@code JsonNode}.
 */
final class JsonBinding {
    private static final String JACKSON_NODE = "com.fasterxml.jackson.databind.JsonNode";
    private static final String JACKSON_MAPPER = "com.fasterxml.jackson.databind.ObjectMapper";

    private JsonBinding() {}

    /**
     * Whether values of a type can be converted. Classes without equality are not supported, because the JPA provider would
     * take their values for changed at each flush; nor is {@code Object} by itself, which the provider casts to a text, nor
     * JSON-P's values, which its mapper (Jackson on WildFly) cannot read.
     */
    static boolean supports(Type type) {
        return type != Object.class && isSupported(type);
    }

    private static boolean isSupported(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type[] arguments = generic.getActualTypeArguments();
            return (raw == Map.class && arguments[0] == String.class && isSupported(arguments[1]))
                    || (isCollection(raw) && isSupported(arguments[0]));
        }
        return type instanceof Class<?> raw
                && (raw.getName().equals(JACKSON_NODE)
                        || raw == Object.class
                        || FieldType.of(raw).isPresent()
                        || ((raw.isRecord() || isBean(raw))
                                && ObjectTypes.find(raw).isPresent()));
    }

    /** Whether a class has equality, and the JPA provider stores and reads all its fields. */
    private static boolean isBean(Class<?> raw) {
        try {
            if (raw.getMethod("equals", Object.class).getDeclaringClass() == Object.class) {
                return false;
            }
        } catch (NoSuchMethodException e) {
            return false; // an interface
        }
        for (Class<?> type = raw; type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (!Modifier.isStatic(modifiers)
                        && !Modifier.isTransient(modifiers)
                        && !Modifier.isPublic(modifiers)
                        && !isAccessible(raw, field.getName())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isAccessible(Class<?> raw, String field) {
        String suffix = Character.toUpperCase(field.charAt(0)) + field.substring(1);
        boolean isRead = false;
        boolean isWritten = false;
        for (Method method : raw.getMethods()) {
            isRead |=
                    method.getName().equals("get" + suffix) || method.getName().equals("is" + suffix);
            isWritten |= method.getName().equals("set" + suffix);
        }
        return isRead && isWritten;
    }

    private static boolean isCollection(Class<?> raw) {
        return raw == List.class || raw == Set.class || raw == Collection.class;
    }

    /** The plain value of a value that an entity holds. */
    static @Nullable Object toPlain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                map.forEach((name, each) -> plain.put(String.valueOf(name), toPlain(each)));
                yield plain;
            }
            case Collection<?> items -> {
                List<@Nullable Object> plain = new ArrayList<>();
                items.forEach(each -> plain.add(toPlain(each)));
                if (items instanceof Set) { // read in the order of hash codes, which differ between JVMs
                    plain.sort(JsonContent::compare);
                }
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
        if (raw == Object.class) {
            return anyJson(plain);
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

    /** A value as JSON libraries read it without a type: numbers with a point are doubles. */
    private static Object anyJson(Object plain) {
        return switch (plain) {
            case Map<?, ?> members -> map(members, Object.class);
            case List<?> items -> collection(List.class, items, Object.class);
            case Long number -> number.intValue() == number ? (Object) number.intValue() : number;
            case BigDecimal number -> number.scale() <= 0 ? number.toBigIntegerExact() : finite(number.doubleValue());
            default -> plain;
        };
    }

    private static Double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new UnboundValue(new ParseResult.Problem("has a number that is too large"));
        }
        return number;
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
