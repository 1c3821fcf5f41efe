package dev.lockstep.collection.value;

import dev.lockstep.collection.mapping.Attribute;
import dev.lockstep.collection.mapping.Attributes;
import dev.lockstep.collection.mapping.FieldAccess;
import dev.lockstep.collection.mapping.InvalidMapping;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.collection.value.ObjectType.Member;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.persistence.AccessType;
import jakarta.persistence.Lob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The types of embeddable classes and of records in JSON columns. */
final class ObjectTypes {
    private ObjectTypes() {}

    /**
     * The type of an embeddable class.
     *
     * @throws InvalidMapping if a member has no form in JSON, or the class no constructor; the message names the field
     */
    static FieldType<ObjectValue> of(String field, Class<?> javaClass, AccessType access) {
        List<Member> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Attribute attribute : Attributes.ofEmbedded(javaClass, access)) {
            if (attribute.has(Lob.class)) {
                throw new InvalidMapping("has the field '" + field + "' with @Lob on its member '" + attribute.name()
                        + "', which PostgreSQL would store as the number of a large object: remove @Lob.");
            }
            Member member = member(attribute);
            if (!names.add(member.name())) {
                throw new InvalidMapping("has the field '" + field + "' with two members named '" + member.name()
                        + "' on the wire: rename one with @JsonbProperty.");
            }
            members.add(member);
        }
        try {
            return new ObjectType(javaClass, members).fieldType();
        } catch (NoSuchMethodException e) {
            throw new InvalidMapping("has the field '" + field + "' of type " + javaClass.getSimpleName()
                    + ", which has no constructor without parameters: add one, or make it a record.");
        }
    }

    private static Member member(Attribute attribute) {
        String name = attribute
                .annotation(JsonbProperty.class)
                .map(JsonbProperty::value)
                .filter(given -> !given.isEmpty())
                .orElse(attribute.name());
        return new Member(
                name,
                attribute,
                FieldTypes.ofMember(attribute),
                FieldAccess.of(attribute, Role.DATA),
                attribute.isRequired());
    }

    /** The type of a record or class in a JSON column; empty if it is of another kind. */
    static Optional<FieldType<ObjectValue>> find(Class<?> javaClass) {
        if (javaClass.isInterface()
                || javaClass.isArray()
                || javaClass.isPrimitive()
                || javaClass.getName().startsWith("java")) {
            return Optional.empty();
        }
        try {
            return Optional.of(of("", javaClass, AccessType.FIELD));
        } catch (InvalidMapping unsupported) {
            return Optional.empty();
        }
    }
}
