package dev.lockstep.collection.mapping;

import jakarta.persistence.AccessType;
import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
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
    private final PersistentMember member;
    private final @Nullable Relation relation;

    Attribute(PersistentMember member) {
        this(member, null);
    }

    Attribute(PersistentMember member, @Nullable Relation relation) {
        this.member = member;
        this.relation = relation;
    }

    /** The name in Java. */
    public String name() {
        return member.getName();
    }

    /** Whether its values are in a table of their own. */
    public boolean isElementCollection() {
        return member.has(ElementCollection.class);
    }

    /** The class that declares it. */
    public Class<?> declaring() {
        return member.declaring();
    }

    /** The path to its value in queries. */
    public String path() {
        return relation == null
                ? member.path()
                : member.path() + "." + relation.id().getName();
    }

    /** The form of its values, if it is an id of several columns. */
    public Optional<KeyType> key() {
        return member.key();
    }

    /** Its place among the parts of an id of several columns; -1 if it is none. */
    public int part() {
        return member.part();
    }

    /** The other row, for a relation. */
    public Optional<Relation> relation() {
        return Optional.ofNullable(relation);
    }

    /** The type of its values. */
    public Class<?> type() {
        return relation == null ? member.getType() : relation.id().getType();
    }

    /** The type with its type arguments. */
    public Type genericType() {
        return relation == null ? member.genericType() : type();
    }

    /** The access of the classes that are embedded in it, unless they state one. */
    public AccessType access() {
        return member.isProperty() ? AccessType.PROPERTY : AccessType.FIELD;
    }

    /** The element that carries the mapping annotations. */
    public AnnotatedElement element() {
        return member.element();
    }

    public boolean has(Class<? extends Annotation> annotation) {
        return member.has(annotation);
    }

    public <A extends Annotation> Optional<A> annotation(Class<A> type) {
        return member.annotation(type);
    }

    /** Whether its values must not be null. */
    public boolean isRequired() {
        return type().isPrimitive()
                || part() >= 0
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
        return member.get(LazyReferences.entity(entity));
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
        member.set(LazyReferences.entity(entity), value);
    }

    @Override
    public String toString() {
        return member.toString();
    }
}
