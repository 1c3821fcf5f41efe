package dev.lockstep.collection.mapping;

import jakarta.persistence.AccessType;
import jakarta.persistence.AssociationOverride;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Inheritance;
import jakarta.persistence.JoinColumn;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns of a table into which the JPA provider may insert values for an entity, by its annotations. Where a naming
 * strategy decides, all common names count, so that a column outside is surely not mapped. Immutable.
 */
public final class MappedColumns {
    private final Set<String> names = new HashSet<>();
    private final Set<String> prefixes = new HashSet<>();

    private MappedColumns() {}

    /**
     * The columns of an entity and its subclasses.
     *
     * @param others further entities, which may own a column by a {@code @JoinColumn} for their lists
     */
    public static MappedColumns of(Class<?> entity, Collection<Class<?>> subclasses, Collection<Class<?>> others) {
        MappedColumns columns = new MappedColumns();
        columns.addClass(entity);
        columns.addAll(PersistentMembers.of(entity));
        for (Class<?> subclass : subclasses) {
            columns.addClass(subclass);
            columns.addAll(PersistentMembers.of(subclass));
        }
        for (Class<?> other : others) {
            for (PersistentMember member : PersistentMembers.of(other)) {
                if (Relation.isInverse(member.element())) {
                    columns.addJoinColumns(member.element());
                }
            }
        }
        return columns;
    }

    /** Whether a column may be one of them, by the database's name. */
    public boolean mayHave(String column) {
        String name = TableNames.folded(column);
        return names.contains(name) || prefixes.stream().anyMatch(name::startsWith);
    }

    private void addClass(Class<?> entity) {
        for (Class<?> type = entity; type != null && type != Object.class; type = type.getSuperclass()) {
            addOverrides(type);
            DiscriminatorColumn discriminator = type.getDeclaredAnnotation(DiscriminatorColumn.class);
            if (discriminator != null) {
                add(discriminator.name());
            }
            if (type.isAnnotationPresent(Inheritance.class)) {
                add("dtype");
            }
            for (Annotation annotation : type.getDeclaredAnnotations()) {
                if (annotation.annotationType().getSimpleName().equals("SoftDelete")) {
                    add("deleted");
                    add("active");
                    addStated(annotation);
                }
            }
        }
    }

    /** The column that a provider's soft delete names. */
    private void addStated(Annotation softDelete) {
        try {
            add(String.valueOf(
                    softDelete.annotationType().getMethod("columnName").invoke(softDelete)));
        } catch (ReflectiveOperationException otherProvider) {
            prefixes.add(""); // unknown: any column may be it
        }
    }

    private void addAll(Collection<PersistentMember> members) {
        for (PersistentMember member : members) {
            AnnotatedElement element = member.element();
            addOverrides(element);
            if (Relation.isOwning(element)) {
                addRelation(member);
            } else if (isEmbedded(member)) {
                addAll(PersistentMembers.of(
                        member.getType(),
                        member.isProperty() && !member.getType().isRecord() ? AccessType.PROPERTY : AccessType.FIELD));
            } else if (!Relation.isInverse(element) && !member.has(ElementCollection.class)) {
                addColumn(member);
            }
        }
    }

    private static boolean isEmbedded(PersistentMember member) {
        return member.has(Embedded.class)
                || member.has(EmbeddedId.class)
                || (member.getType().isAnnotationPresent(Embeddable.class) && !member.has(ElementCollection.class));
    }

    private void addColumn(PersistentMember member) {
        Column[] columns = member.element().getAnnotationsByType(Column.class);
        for (Column column : columns) {
            if (column.insertable()) {
                add(column.name().isEmpty() ? member.getName() : column.name());
            }
        }
        if (columns.length == 0) {
            add(member.getName());
        }
    }

    private void addRelation(PersistentMember member) {
        if (!addJoinColumns(member.element())) {
            prefixes.add(TableNames.folded(member.getName()) + "_");
            prefixes.add(underscored(member.getName()) + "_");
        }
    }

    private boolean addJoinColumns(AnnotatedElement element) {
        JoinColumn[] columns = element.getAnnotationsByType(JoinColumn.class);
        boolean isNamed = columns.length > 0;
        for (JoinColumn column : columns) {
            isNamed &= !column.name().isEmpty();
            if (column.insertable()) {
                add(column.name());
            }
        }
        return isNamed;
    }

    private void addOverrides(AnnotatedElement element) {
        for (AttributeOverride override : element.getAnnotationsByType(AttributeOverride.class)) {
            add(override.column().name());
        }
        for (AssociationOverride override : element.getAnnotationsByType(AssociationOverride.class)) {
            for (JoinColumn column : override.joinColumns()) {
                add(column.name());
            }
        }
    }

    /** A name, in the forms of the common naming strategies; that of the zone beside a time, too. */
    private void add(String name) {
        if (!name.isEmpty()) {
            for (String form : List.of(TableNames.folded(name), underscored(name))) {
                names.add(form);
                names.add(form + "_tz");
            }
        }
    }

    private static String underscored(String name) {
        return TableNames.folded(name.replaceAll("([a-z0-9])([A-Z])", "$1_$2"));
    }
}
