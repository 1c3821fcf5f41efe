package dev.lockstep.collection.mapping;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.IdClass;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** Checks of an entity for keys of several columns. */
final class UnsupportedAccess {
    private UnsupportedAccess() {}

    /** @throws InvalidMapping if it has one */
    static void check(Class<?> entity) {
        for (Class<?> type = entity; type != null && type != Object.class; type = type.getSuperclass()) {
            boolean isMapped = type.isAnnotationPresent(Entity.class) || type == entity;
            if (isMapped && type.isAnnotationPresent(IdClass.class)) {
                throw severalColumns("an @IdClass");
            }
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(EmbeddedId.class)) {
                    throw severalColumns("the field '" + field.getName() + "' with @EmbeddedId");
                }
            }
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(EmbeddedId.class)) {
                    throw severalColumns("the method " + method.getName() + "() with @EmbeddedId");
                }
            }
        }
    }

    private static InvalidMapping severalColumns(String what) {
        return new InvalidMapping(
                "has " + what + ", and a row is identified by one column: give it an @Id of one column,"
                        + " a unique constraint over the others, and a @CompositeKey if clients compute the id.");
    }
}
