package dev.lockstep.collection.mapping;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.IdClass;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Optional;

/** Checks of an entity for keys of several columns, and for attributes that the JPA provider reads by getters. */
final class UnsupportedAccess {
    private UnsupportedAccess() {}

    /** @throws InvalidMapping if it has one */
    static void check(Class<?> entity) {
        for (Class<?> type = entity; type != null && type != Object.class; type = type.getSuperclass()) {
            boolean isMapped = type.isAnnotationPresent(Entity.class) || type == entity;
            if (isMapped && type.isAnnotationPresent(IdClass.class)) {
                throw severalColumns("an @IdClass");
            }
            if (isByGetters(type)) {
                throw byGetters("on the class " + type.getSimpleName());
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
                if (isByGetters(method)) {
                    throw byGetters("on the method " + method.getName() + "()");
                }
            }
        }
    }

    private static boolean isByGetters(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(Access.class))
                .filter(access -> access.value() == AccessType.PROPERTY)
                .isPresent();
    }

    private static InvalidMapping severalColumns(String what) {
        return new InvalidMapping(
                "has " + what + ", and a row is identified by one column: give it an @Id of one column,"
                        + " a unique constraint over the others, and a @CompositeKey if clients compute the id.");
    }

    private static InvalidMapping byGetters(String where) {
        return new InvalidMapping("has @Access(PROPERTY) " + where + ": put the annotations on fields, where the server"
                + " reads them.");
    }
}
