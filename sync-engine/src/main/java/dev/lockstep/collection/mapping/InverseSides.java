package dev.lockstep.collection.mapping;

import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.BelongsTo.OnDelete;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.persistence.CascadeType;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Checks of the rows that refer to an entity, which are not sent: {@code @OneToMany}, {@code @ManyToMany} and the inverse
 * side of {@code @OneToOne}.
 */
final class InverseSides {
    private InverseSides() {}

    /** @throws InvalidMapping if the rows shall be sent, or the JPA provider would delete them without a log entry */
    static void check(PersistentMember field) {
        if (field.has(JsonbProperty.class)) {
            throw new InvalidMapping(
                    "has @JsonbProperty on the field '" + field.getName() + "', whose rows are not sent"
                            + " with this one: remove it, and let clients read the collection of the other rows; map the table of a"
                            + " @ManyToMany as an entity of its own, with two @ManyToOne or with a @CompositeKey.");
        }
        String mappedBy = "";
        boolean removes = false;
        OneToMany many = field.element().getAnnotation(OneToMany.class);
        OneToOne one = field.element().getAnnotation(OneToOne.class);
        if (many != null) {
            mappedBy = many.mappedBy();
            removes = removes(many.cascade(), many.orphanRemoval());
        } else if (one != null) {
            mappedBy = one.mappedBy();
            removes = removes(one.cascade(), one.orphanRemoval());
        }
        Class<?> target = target(field, many, one);
        if (removes && target.isAnnotationPresent(SyncCollection.class) && !deletesItself(target, mappedBy)) {
            throw new InvalidMapping("has the field '" + field.getName() + "' by whose cascade or orphanRemoval the JPA"
                    + " provider would delete rows of " + target.getSimpleName() + " and no client would know: put"
                    + " @BelongsTo with onDelete = DELETE on '" + (mappedBy.isEmpty() ? "the relation" : mappedBy)
                    + "' of " + target.getSimpleName() + ", or remove the cascade.");
        }
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

    private static Class<?> target(PersistentMember field, @Nullable OneToMany many, @Nullable OneToOne one) {
        if (many != null && many.targetEntity() != void.class) {
            return many.targetEntity();
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
