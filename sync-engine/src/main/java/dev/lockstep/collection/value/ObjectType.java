package dev.lockstep.collection.value;

import dev.lockstep.collection.mapping.Attribute;
import dev.lockstep.collection.mapping.FieldAccess;
import dev.lockstep.collection.value.ParseResult.Problem;
import dev.lockstep.collection.value.ParseResult.Value;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The members of an embeddable class or record, which rows show as a nested object. Immutable. */
public final class ObjectType implements EntityForm {
    /**
     * One member.
     *
     * @param name its name on the wire
     * @param required whether it must not be null
     */
    public record Member(String name, Attribute attribute, FieldType<?> type, FieldAccess access, boolean required) {
        /** The value that a new object has. */
        @Nullable
        Object initial() {
            Class<?> java = attribute.type();
            return java.isPrimitive() ? initial(java) : null;
        }

        private static Object initial(Class<?> primitive) {
            return Array.get(Array.newInstance(primitive, 1), 0);
        }
    }

    private final Class<?> javaClass;
    private final List<Member> members;
    private final Constructor<?> constructor;

    ObjectType(Class<?> javaClass, List<Member> members) throws NoSuchMethodException {
        this.javaClass = javaClass;
        this.members = List.copyOf(members);
        this.constructor = javaClass.isRecord()
                ? javaClass.getDeclaredConstructor(Arrays.stream(javaClass.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new))
                : javaClass.getDeclaredConstructor();
        constructor.setAccessible(true);
    }

    /** The members, in their order. */
    public List<Member> members() {
        return members;
    }

    /** The class that validates the members. */
    public Class<?> javaClass() {
        return javaClass;
    }

    /** The member with this name on the wire. */
    public Optional<Member> named(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }

    /** The member with this name in Java. */
    public Optional<Member> ofAttribute(String name) {
        return members.stream()
                .filter(member -> member.attribute().name().equals(name))
                .findFirst();
    }

    /** The JSON form as nested objects, of which clients may send a part. */
    FieldType<ObjectValue> fieldType() {
        return new FieldType<>(new JsonKind.ObjectOf(members), this::read, this::write, this);
    }

    private ParseResult read(Object json) {
        if (!(json instanceof Map<?, ?> sent)) {
            return Problem.expected(new JsonKind.ObjectOf(members).expected(), json);
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Member member : members) {
            if (member.access().isWrittenByUpdates() && sent.containsKey(member.name())) {
                Object value = sent.get(member.name());
                if (value == null && member.required()) {
                    return new Problem("expected " + member.type().expected() + ", received null", member.name());
                }
                switch (value == null ? null : member.type().read(value)) {
                    case null -> values.put(member.name(), null);
                    case Value read -> values.put(member.name(), read.java());
                    case Problem problem -> {
                        return problem.in(member.name());
                    }
                }
            }
        }
        return new Value(new ObjectPatch(this, values));
    }

    private void write(JsonText json, ObjectValue value) {
        String before = "{";
        for (Member member : members) {
            if (member.access().sent()) {
                json.raw(before);
                json.string(member.name());
                json.raw(":");
                member.type().writeNullable(json, value.members().get(member.name()));
                before = ",";
            }
        }
        json.raw(before.equals("{") ? "{}" : "}");
    }

    /** The members of a new object. */
    Map<String, @Nullable Object> empty() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        members.forEach(member -> values.put(member.name(), member.initial()));
        return values;
    }

    /** The object; null if none of its members has a value. */
    static @Nullable Object orNull(Map<String, @Nullable Object> values) {
        return values.values().stream().allMatch(Objects::isNull) ? null : new ObjectValue(values);
    }

    @Override
    public @Nullable Object toRow(Object embedded) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Member member : members) {
            values.put(member.name(), member.type().toRow(member.attribute().get(embedded)));
        }
        return orNull(values);
    }

    @Override
    public Object toEntity(Object row) {
        Map<String, @Nullable Object> values = ((ObjectValue) row).members();
        try {
            if (javaClass.isRecord()) {
                Map<String, @Nullable Object> byAttribute = new LinkedHashMap<>();
                members.forEach(member ->
                        byAttribute.put(member.attribute().name(), member.type().toEntity(values.get(member.name()))));
                return constructor.newInstance(Arrays.stream(javaClass.getRecordComponents())
                        .map(component -> byAttribute.get(component.getName()))
                        .toArray());
            }
            Object made = constructor.newInstance();
            for (Member member : members) {
                member.attribute().set(made, member.type().toEntity(values.get(member.name())));
            }
            return made;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(javaClass.getName() + " cannot be made from its values", e);
        }
    }
}
