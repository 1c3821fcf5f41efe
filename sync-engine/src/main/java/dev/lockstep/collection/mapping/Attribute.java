package dev.lockstep.collection.mapping;

import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A persistent attribute of an entity, with its annotations. Immutable. */
public final class Attribute {
    private final Field field;

    Attribute(Field field) {
        this.field = field;
        field.setAccessible(true);
    }

    /** The name in Java, as in queries. */
    public String name() {
        return field.getName();
    }

    public Class<?> type() {
        return field.getType();
    }

    /** The type with its type arguments. */
    public Type genericType() {
        return field.getGenericType();
    }

    /** The element that carries the annotations. */
    public AnnotatedElement element() {
        return field;
    }

    public boolean has(Class<? extends Annotation> annotation) {
        return field.isAnnotationPresent(annotation);
    }

    public <A extends Annotation> Optional<A> annotation(Class<A> type) {
        return Optional.ofNullable(field.getAnnotation(type));
    }

    /** Whether its values must not be null. */
    public boolean isRequired() {
        return type().isPrimitive()
                || has(NotNull.class)
                || annotation(Column.class).filter(column -> !column.nullable()).isPresent()
                || annotation(Basic.class).filter(basic -> !basic.optional()).isPresent();
    }

    @Nullable
    public Object get(Object entity) {
        try {
            return field.get(entity);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " is not readable", e);
        }
    }

    public void set(Object entity, @Nullable Object value) {
        try {
            field.set(entity, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " is not writable", e);
        }
    }

    @Override
    public String toString() {
        return field.toString();
    }
}
