package dev.lockstep.collection.mapping;

import jakarta.persistence.Transient;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** Search for the persistent attributes of an entity class. */
public final class Attributes {
    private Attributes() {}

    /** The entity's own attributes as declared, then those of its superclasses, nearest first. */
    public static List<Attribute> of(Class<?> entity) {
        List<Attribute> attributes = new ArrayList<>();
        for (Class<?> type = entity; type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (isPersistent(field)) {
                    attributes.add(new Attribute(field));
                }
            }
        }
        return attributes;
    }

    private static boolean isPersistent(Field field) {
        int modifiers = field.getModifiers();
        return !Modifier.isStatic(modifiers)
                && !Modifier.isTransient(modifiers)
                && !field.isSynthetic()
                && !field.isAnnotationPresent(Transient.class);
    }
}
