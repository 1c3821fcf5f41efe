package dev.lockstep.collection.mapping;

import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A persistent attribute of an entity, with its annotations. The value of a relation is the id of the other row.
 * Immutable.
 */
public final class Attribute {
    private final Field field;
    private final @Nullable Relation relation;

    Attribute(Field field) {
        this(field, null);
    }

    Attribute(Field field, @Nullable Relation relation) {
        this.field = field;
        this.relation = relation;
        field.setAccessible(true);
    }

    /** The name in Java. */
    public String name() {
        return field.getName();
    }

    /** The path to its value in queries. */
    public String path() {
        return relation == null
                ? field.getName()
                : field.getName() + "." + relation.id().getName();
    }

    /** The other row, for a relation. */
    public Optional<Relation> relation() {
        return Optional.ofNullable(relation);
    }

    /** The type of its values. */
    public Class<?> type() {
        return relation == null ? field.getType() : relation.id().getType();
    }

    /** The type with its type arguments. */
    public Type genericType() {
        return relation == null ? field.getGenericType() : type();
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
                || (relation != null && relation.required())
                || annotation(Column.class).filter(column -> !column.nullable()).isPresent()
                || annotation(Basic.class).filter(basic -> !basic.optional()).isPresent();
    }

    @Nullable
    public Object get(Object entity) {
        Object value = read(entity);
        return relation == null || value == null ? value : relation.idOf(value);
    }

    private @Nullable Object read(Object entity) {
        try {
            return field.get(LazyReferences.entity(entity));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " is not readable", e);
        }
    }

    /** Sets the value; a relation refers to an object that is not stored. */
    public void set(Object entity, @Nullable Object value) {
        write(entity, relation == null || value == null ? value : relation.standIn(value));
    }

    /**
     * Sets the value in an entity that will be stored.
     *
     * @param rows finds the object for a class and an id
     */
    public void set(Object entity, @Nullable Object value, BiFunction<Class<?>, Object, Object> rows) {
        if (relation == null || value == null) {
            set(entity, value);
        } else if (!Objects.equals(value, get(entity))) {
            write(entity, rows.apply(relation.target(), value));
        }
    }

    private void write(Object entity, @Nullable Object value) {
        try {
            field.set(LazyReferences.entity(entity), value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " is not writable", e);
        }
    }

    @Override
    public String toString() {
        return field.toString();
    }
}
