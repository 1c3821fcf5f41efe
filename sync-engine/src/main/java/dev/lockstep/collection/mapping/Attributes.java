package dev.lockstep.collection.mapping;

import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Transient;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Search for the persistent attributes of an entity class. */
public final class Attributes {
    private Attributes() {}

    /**
     * The entity's own attributes as declared, then those of its superclasses, nearest first. The rows that refer to it are
     * left out, and so are hidden relations: neither is sent or written.
     *
     * @throws InvalidMapping if a relation is not supported
     */
    public static List<Attribute> of(Class<?> entity) {
        List<Attribute> attributes = new ArrayList<>();
        UnsupportedAccess.check(entity);
        for (Class<?> type = entity; type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (Relation.isInverse(field)) {
                    InverseSides.check(field);
                } else if (Relation.isOwning(field)) {
                    relation(field).ifPresent(attributes::add);
                } else if (isPersistent(field)) {
                    attributes.add(new Attribute(field));
                }
            }
        }
        return attributes;
    }

    /** Whether an attribute refers to other rows, whose values are not those of the entity. */
    public static boolean isRelation(Class<?> entity, String name) {
        for (Class<?> type = entity; type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return Relation.isOwning(field) || Relation.isInverse(field);
                }
            }
        }
        return false;
    }

    private static Optional<Attribute> relation(Field field) {
        if (field.isAnnotationPresent(JsonbTransient.class)) {
            return Optional.empty();
        }
        ManyToOne many = field.getAnnotation(ManyToOne.class);
        OneToOne one = field.getAnnotation(OneToOne.class);
        Class<?> stated = many != null ? many.targetEntity() : one != null ? one.targetEntity() : void.class;
        Class<?> target = stated == void.class ? field.getType() : stated;
        return Optional.of(new Attribute(field, Relation.of(field.getName(), target, field)));
    }

    private static boolean isPersistent(Field field) {
        int modifiers = field.getModifiers();
        return !Modifier.isStatic(modifiers)
                && !Modifier.isTransient(modifiers)
                && !field.isSynthetic()
                && !field.isAnnotationPresent(Transient.class);
    }
}
