package dev.lockstep.collection.mapping;

import jakarta.persistence.CascadeType;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinColumns;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.PrimaryKeyJoinColumn;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reference to one other row, by a column with its id: a {@code @ManyToOne}, or the owning side of a {@code @OneToOne}.
 * Immutable.
 */
public final class Relation {
    private final Class<?> target;
    private final PersistentMember id;
    private final boolean required;

    private Relation(Class<?> target, PersistentMember id, boolean required) {
        this.target = target;
        this.id = id;
        this.required = required;
    }

    /** The class of the other row. */
    public Class<?> target() {
        return target;
    }

    /** The attribute with its id. */
    PersistentMember id() {
        return id;
    }

    /** Whether there is always another row. */
    public boolean required() {
        return required;
    }

    /** Whether the annotations declare a reference with a column of its own. */
    static boolean isOwning(AnnotatedElement element) {
        return element.isAnnotationPresent(ManyToOne.class)
                || Optional.ofNullable(element.getAnnotation(OneToOne.class))
                        .filter(one -> one.mappedBy().isEmpty())
                        .isPresent();
    }

    /** Whether the annotations declare the rows that refer to this one, or a table that connects them. */
    static boolean isInverse(AnnotatedElement element) {
        return element.isAnnotationPresent(OneToMany.class)
                || element.isAnnotationPresent(ManyToMany.class)
                || (element.isAnnotationPresent(OneToOne.class) && !isOwning(element));
    }

    /** Whether the other rows are loaded with each entity, unless a query says otherwise. */
    static boolean isEager(AnnotatedElement element) {
        ManyToOne toOne = element.getAnnotation(ManyToOne.class);
        OneToOne only = element.getAnnotation(OneToOne.class);
        OneToMany toMany = element.getAnnotation(OneToMany.class);
        ManyToMany any = element.getAnnotation(ManyToMany.class);
        return (toOne != null && toOne.fetch() == FetchType.EAGER)
                || (only != null && only.fetch() == FetchType.EAGER)
                || (toMany != null && toMany.fetch() == FetchType.EAGER)
                || (any != null && any.fetch() == FetchType.EAGER);
    }

    /** @throws InvalidMapping if the reference is not a single column with the other row's id */
    static Relation of(String name, Class<?> target, AnnotatedElement element) {
        if (CompositeIdentity.isOf(target)) {
            throw new InvalidMapping("has the relation '" + name + "' to " + target.getSimpleName()
                    + ", whose id has several columns: map these columns as fields of their own, and put @JsonbTransient"
                    + " on the relation and insertable = false, updatable = false on its @JoinColumn annotations.");
        }
        PersistentMember id = idOf(target)
                .filter(field -> IdType.of(field.getType()).isPresent())
                .orElseThrow(() -> new InvalidMapping("has the relation '" + name + "' to " + target.getSimpleName()
                        + ", which has no @Id field of one of the types " + IdType.supported()
                        + ": give it one, or put @JsonbTransient on the relation."));
        JoinColumn column = element.getAnnotation(JoinColumn.class);
        boolean refersToId = column == null
                || column.referencedColumnName().isEmpty()
                || TableNames.folded(column.referencedColumnName())
                        .equals(TableNames.folded(TableNames.column(target, new Attribute(id))));
        if (!refersToId
                || element.isAnnotationPresent(JoinColumns.class)
                || element.isAnnotationPresent(JoinTable.class)
                || element.isAnnotationPresent(PrimaryKeyJoinColumn.class)) {
            throw new InvalidMapping("has the relation '" + name + "' that is not stored as the id of "
                    + target.getSimpleName() + " in a column of its own: use one @JoinColumn that refers to that id, or"
                    + " put @JsonbTransient on the relation.");
        }
        requireNoRemoval(name, element);
        return new Relation(target, id, isRequired(element));
    }

    /** @throws InvalidMapping if the JPA provider would delete the other row without a log entry */
    static void requireNoRemoval(String name, AnnotatedElement element) {
        OneToOne one = element.getAnnotation(OneToOne.class);
        if (removes(cascade(element))) {
            throw new InvalidMapping(
                    "has the relation '" + name + "' with cascade REMOVE, by which a delete would remove"
                            + " a row to which others may refer: remove it from the cascade.");
        }
        if (one != null && one.orphanRemoval()) {
            throw new InvalidMapping("has the relation '" + name + "' with orphanRemoval, by which a write would remove"
                    + " a row to which others may refer: remove it from the annotation.");
        }
    }

    private static boolean isRequired(AnnotatedElement element) {
        ManyToOne many = element.getAnnotation(ManyToOne.class);
        OneToOne one = element.getAnnotation(OneToOne.class);
        JoinColumn column = element.getAnnotation(JoinColumn.class);
        return (many != null && !many.optional())
                || (one != null && !one.optional())
                || (column != null && !column.nullable());
    }

    private static CascadeType[] cascade(AnnotatedElement element) {
        ManyToOne many = element.getAnnotation(ManyToOne.class);
        OneToOne one = element.getAnnotation(OneToOne.class);
        return many != null ? many.cascade() : one != null ? one.cascade() : new CascadeType[0];
    }

    static boolean removes(CascadeType[] cascade) {
        return Arrays.stream(cascade).anyMatch(each -> each == CascadeType.ALL || each == CascadeType.REMOVE);
    }

    private static Optional<PersistentMember> idOf(Class<?> target) {
        return PersistentMembers.of(target).stream()
                .filter(member -> member.has(Id.class))
                .findFirst();
    }

    /** The id of a referenced row; a lazy reference is not loaded. */
    @Nullable
    Object idOf(Object row) {
        Optional<Object> lazy = LazyReferences.id(row);
        if (lazy.isPresent()) {
            return lazy.get();
        }
        return id.get(row);
    }

    /** An object with this id that is not stored, for validation; null for an abstract class. */
    @Nullable
    Object standIn(Object value) {
        if (Modifier.isAbstract(target.getModifiers())) {
            return null;
        }
        try {
            Constructor<?> constructor = target.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object row = constructor.newInstance();
            id.set(row, value);
            return row;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(target.getName() + " has no working constructor without parameters", e);
        }
    }
}
