package dev.lockstep.collection.mapping;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A field, or a getter with its setter. Mapping annotations count on the accessed one; those of Lockstep, JSON Binding and
 * Bean Validation count on the field and on the getter. Immutable.
 */
final class AccessedMember implements PersistentMember {
    private final Class<?> declaring;
    private final String name;
    private final Type type;
    private final @Nullable Field field;
    private final @Nullable Method getter;
    private final @Nullable Method setter;

    /**
     * @param type with the type arguments of the entity
     * @param field the field of the name, if there is one
     * @param getter the getter of the name, if there is one
     * @param setter the setter, if the provider uses it and the getter
     */
    AccessedMember(String name, Type type, @Nullable Field field, @Nullable Method getter, @Nullable Method setter) {
        this.name = name;
        this.type = type;
        this.field = field;
        this.getter = getter;
        this.setter = setter;
        if (setter == null) {
            declaring = of(field).getDeclaringClass();
            of(field).setAccessible(true);
        } else {
            declaring = of(getter).getDeclaringClass();
            of(getter).setAccessible(true);
            setter.setAccessible(true);
        }
    }

    private static <T> T of(@Nullable T member) {
        return Optional.ofNullable(member)
                .orElseThrow(
                        () -> new IllegalArgumentException("an attribute is a field, or a getter with its setter"));
    }

    @Override
    public Class<?> declaring() {
        return declaring;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isProperty() {
        return setter != null;
    }

    @Override
    public Class<?> getType() {
        return type instanceof Class<?> plain
                ? plain
                : type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw
                        ? raw
                        : setter == null ? of(field).getType() : of(getter).getReturnType();
    }

    @Override
    public Type genericType() {
        return type;
    }

    @Override
    public AnnotatedElement element() {
        return setter == null ? of(field) : of(getter);
    }

    @Override
    public <A extends Annotation> Optional<A> annotation(Class<A> wanted) {
        A own = element().getAnnotation(wanted);
        AnnotatedElement other = setter == null ? getter : field;
        return own != null || other == null || isOfMapping(wanted)
                ? Optional.ofNullable(own)
                : Optional.ofNullable(other.getAnnotation(wanted));
    }

    private static boolean isOfMapping(Class<?> annotation) {
        return annotation.getName().startsWith("jakarta.persistence.")
                || annotation.getName().startsWith("org.hibernate.");
    }

    @Override
    public @Nullable Object get(Object entity) {
        try {
            return setter == null ? of(field).get(entity) : of(getter).invoke(entity);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(this + " is not readable", e);
        } catch (InvocationTargetException e) {
            throw failed(e);
        }
    }

    @Override
    public void set(Object entity, @Nullable Object value) {
        try {
            if (setter == null) {
                of(field).set(entity, value);
            } else {
                setter.invoke(entity, value);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(this + " is not writable", e);
        } catch (InvocationTargetException e) {
            throw failed(e);
        }
    }

    private RuntimeException failed(InvocationTargetException e) {
        return e.getCause() instanceof RuntimeException own
                ? own
                : new IllegalStateException(this + " failed", e.getCause());
    }

    @Override
    public String toString() {
        return element().toString();
    }
}
