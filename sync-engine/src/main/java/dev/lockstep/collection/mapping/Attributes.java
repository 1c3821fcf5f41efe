package dev.lockstep.collection.mapping;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.persistence.AccessType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Search for the persistent attributes of an entity class. */
public final class Attributes {
    private static final String AS_READ_ONLY =
            "map it with @JoinColumn(insertable = false, updatable = false) and @Writable(NEVER)";

    private static final ClassValue<Boolean> EAGER_RELATIONS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> entity) {
            return PersistentMembers.of(entity).stream().anyMatch(member -> Relation.isEager(member.element()));
        }
    };

    private Attributes() {}

    /**
     * The entity's own attributes as declared, then those of its superclasses, nearest first. The rows that refer to it are
     * left out, and so are hidden relations: neither is sent or written.
     *
     * @throws InvalidMapping if a relation is not supported
     */
    public static List<Attribute> of(Class<?> entity) {
        List<PersistentMember> members = PersistentMembers.of(entity);
        requireOwnId(members, CompositeIdentity.isOf(entity));
        List<Attribute> attributes = new ArrayList<>(CompositeIdentity.attributes(entity, members));
        boolean isComposite = !attributes.isEmpty();
        attributes.addAll(attributes(members.stream()
                .filter(member -> !isComposite || !CompositeIdentity.isPart(member))
                .toList()));
        return attributes;
    }

    /** The JPA provider takes an id from the row of such a relation; clients write ids, not rows. */
    private static void requireOwnId(List<PersistentMember> members, boolean isComposite) {
        for (PersistentMember member : members) {
            if (member.has(MapsId.class)) {
                throw new InvalidMapping("has the relation '" + member.getName() + "' with @MapsId, from which the JPA"
                        + " provider takes " + (isComposite ? "a part of the id: " : "the id: ") + AS_READ_ONLY
                        + (isComposite ? ", or use an @IdClass with @Id on the relation." : "."));
            }
            if (!isComposite && member.has(Id.class) && Relation.isOwning(member.element())) {
                throw new InvalidMapping("has the relation '" + member.getName() + "' as its @Id: add a field with the"
                        + " other row's id, put @Id on that, and remove it from the relation; " + AS_READ_ONLY + ".");
            }
        }
    }

    /**
     * The attributes that a subclass has and its superclass has not.
     *
     * @throws InvalidMapping if a relation is not supported
     */
    public static List<Attribute> ofSubclass(Class<?> subclass, Class<?> superclass) {
        return attributes(PersistentMembers.of(subclass).stream()
                .filter(member -> !member.declaring().isAssignableFrom(superclass))
                .toList());
    }

    /**
     * The attributes of an embeddable class, or of a class in a JSON column.
     *
     * @param access the access of the attribute that has it
     * @throws InvalidMapping if a relation is not supported
     */
    public static List<Attribute> ofEmbedded(Class<?> embeddable, AccessType access) {
        return attributes(PersistentMembers.of(embeddable, embeddable.isRecord() ? AccessType.FIELD : access));
    }

    private static List<Attribute> attributes(List<PersistentMember> members) {
        List<Attribute> attributes = new ArrayList<>();
        for (PersistentMember member : members) {
            if (Relation.isInverse(member.element())) {
                InverseSides.check(member);
            } else if (Relation.isOwning(member.element())) {
                relation(member).ifPresent(attributes::add);
            } else {
                attributes.add(new Attribute(member));
            }
        }
        return attributes;
    }

    /** The names of the collections that an entity has in tables of their own. */
    public static Set<String> elementCollections(Class<?> entity) {
        return PersistentMembers.of(entity).stream()
                .filter(member -> member.has(ElementCollection.class))
                .map(PersistentMember::getName)
                .collect(Collectors.toSet());
    }

    /** The tables beside its own that the JPA provider writes with an entity, by the fields whose values they hold. */
    public static Map<String, String> furtherTables(Class<?> entity) {
        Map<String, String> tables = new TreeMap<>();
        for (PersistentMember member : PersistentMembers.of(entity)) {
            InverseSides.table(entity, member).ifPresent(table -> tables.put(member.getName(), table));
        }
        return tables;
    }

    /** Whether a query for entities of a class loads other rows with each, unless it says otherwise. Fast. */
    public static boolean hasEagerRelations(Class<?> entity) {
        return EAGER_RELATIONS.get(entity);
    }

    /** Whether an attribute refers to other rows, whose values are not those of the entity. */
    public static boolean isRelation(Class<?> entity, String name) {
        for (PersistentMember member : PersistentMembers.of(entity)) {
            if (member.getName().equals(name)) {
                return Relation.isOwning(member.element()) || Relation.isInverse(member.element());
            }
        }
        return false;
    }

    private static Optional<Attribute> relation(PersistentMember member) {
        ManyToOne many = member.element().getAnnotation(ManyToOne.class);
        OneToOne one = member.element().getAnnotation(OneToOne.class);
        Class<?> stated = many != null ? many.targetEntity() : one != null ? one.targetEntity() : void.class;
        Class<?> target = stated == void.class ? member.getType() : stated;
        if (member.has(JsonbTransient.class)) {
            if (target.isAnnotationPresent(SyncCollection.class)) {
                Relation.requireNoRemoval(member.getName(), member.element());
            }
            return Optional.empty();
        }
        return Optional.of(new Attribute(member, Relation.of(member.getName(), target, member.element())));
    }
}
