package dev.lockstep.collection.mapping;

import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.BelongsTo.OnDelete;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks of the rows that refer to an entity, which are not sent: {@code @OneToMany}, {@code @ManyToMany} and the inverse
 * side of {@code @OneToOne}.
 */
final class InverseSides {
    private InverseSides() {}

    /**
     * Checks a field.
     *
     * @throws InvalidMapping if the rows shall be sent, or the JPA provider would delete or change them without a log entry
     */
    static void check(PersistentMember field) {
        if (field.has(JsonbProperty.class)) {
            throw new InvalidMapping(
                    "has @JsonbProperty on the field '" + field.getName() + "', whose rows are not sent"
                            + " with this one: remove it, and let clients read the collection of the other rows; map the table of a"
                            + " @ManyToMany as an entity of its own, with two @ManyToOne or with a @CompositeKey.");
        }
        OneToMany many = field.element().getAnnotation(OneToMany.class);
        OneToOne one = field.element().getAnnotation(OneToOne.class);
        ManyToMany any = field.element().getAnnotation(ManyToMany.class);
        Class<?> target = target(field, many, one, any);
        if (!target.isAnnotationPresent(SyncCollection.class)) {
            return;
        }
        String mappedBy = many != null ? many.mappedBy() : one != null ? one.mappedBy() : "";
        boolean removes = (many != null && removes(many.cascade(), many.orphanRemoval()))
                || (one != null && removes(one.cascade(), one.orphanRemoval()))
                || (any != null && removes(any.cascade(), false));
        if (removes && !deletesItself(target, mappedBy)) {
            throw new InvalidMapping("has the field '" + field.getName() + "' by whose cascade or orphanRemoval the JPA"
                    + " provider would delete rows of " + target.getSimpleName() + " and no client would know: "
                    + (any != null
                            ? "remove the cascade."
                            : "put @BelongsTo with onDelete = DELETE on '"
                                    + (mappedBy.isEmpty() ? "the relation" : mappedBy) + "' of "
                                    + target.getSimpleName() + ", or remove the cascade."));
        }
        if (many != null && mappedBy.isEmpty()) {
            checkColumn(field, target);
        }
    }

    /** @throws InvalidMapping if the JPA provider would change a column of the other rows that clients see */
    private static void checkColumn(PersistentMember field, Class<?> target) {
        JoinColumn join = field.element().getAnnotation(JoinColumn.class);
        if (join == null || !join.updatable()) {
            return; // the rows are connected by another table, or their column is only read
        }
        String column = column(join, field.getName() + "_id");
        for (PersistentMember member : PersistentMembers.of(target)) {
            if (isSent(member) && column(member).equals(column)) {
                throw new InvalidMapping("has the field '" + field.getName() + "' with @JoinColumn, by which the JPA"
                        + " provider would change the column '" + column + "' of " + target.getSimpleName()
                        + " and no client would know: "
                        + (Relation.isOwning(member.element())
                                ? "state mappedBy = \"" + member.getName() + "\" and remove the @JoinColumn."
                                : "add insertable = false, updatable = false to the @JoinColumn."));
            }
        }
    }

    /** The join table or collection table in which the JPA provider stores the values of a field; empty if there is none. */
    static Optional<String> table(Class<?> entity, PersistentMember field) {
        OneToMany many = field.element().getAnnotation(OneToMany.class);
        ManyToMany any = field.element().getAnnotation(ManyToMany.class);
        boolean connects = (many != null && many.mappedBy().isEmpty() && !field.has(JoinColumn.class))
                || (any != null && any.mappedBy().isEmpty());
        if (connects) {
            return Optional.of(field.annotation(JoinTable.class)
                    .map(JoinTable::name)
                    .filter(name -> !name.isEmpty())
                    .orElseGet(
                            () -> TableNames.table(entity) + "_" + TableNames.table(target(field, many, null, any))));
        }
        return field.annotation(CollectionTable.class)
                .map(CollectionTable::name)
                .filter(name -> !name.isEmpty());
    }

    private static boolean isSent(PersistentMember member) {
        return !member.has(JsonbTransient.class) && !Relation.isInverse(member.element());
    }

    private static String column(PersistentMember member) {
        return Relation.isOwning(member.element())
                ? column(member.annotation(JoinColumn.class).orElse(null), member.getName() + "_id")
                : TableNames.folded(member.annotation(Column.class)
                        .map(Column::name)
                        .filter(name -> !name.isEmpty())
                        .orElse(member.getName()));
    }

    private static String column(@Nullable JoinColumn join, String byDefault) {
        return TableNames.folded(join == null || join.name().isEmpty() ? byDefault : join.name());
    }

    private static boolean removes(CascadeType[] cascade, boolean orphans) {
        return orphans || Relation.removes(cascade);
    }

    private static boolean deletesItself(Class<?> target, String mappedBy) {
        return PersistentMembers.of(target).stream()
                .filter(member -> member.getName().equals(mappedBy))
                .flatMap(owning -> owning.annotation(BelongsTo.class).stream())
                .anyMatch(belongs -> belongs.onDelete() == OnDelete.DELETE);
    }

    private static Class<?> target(
            PersistentMember field, @Nullable OneToMany many, @Nullable OneToOne one, @Nullable ManyToMany any) {
        if (many != null && many.targetEntity() != void.class) {
            return many.targetEntity();
        }
        if (any != null && any.targetEntity() != void.class) {
            return any.targetEntity();
        }
        if (one != null) {
            return one.targetEntity() == void.class ? field.getType() : one.targetEntity();
        }
        if (field.genericType() instanceof ParameterizedType collection) {
            Type[] arguments = collection.getActualTypeArguments(); // the last one also of a map
            return arguments[arguments.length - 1] instanceof Class<?> element ? element : Object.class;
        }
        return Object.class;
    }
}
