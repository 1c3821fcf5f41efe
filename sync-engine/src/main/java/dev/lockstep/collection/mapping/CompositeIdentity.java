package dev.lockstep.collection.mapping;

import dev.lockstep.api.entity.NeverSent;
import dev.lockstep.api.entity.Writable;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.persistence.AccessType;
import jakarta.persistence.Convert;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToOne;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reader of ids of several columns: {@code @EmbeddedId} and {@code @IdClass} (Jakarta Persistence 3.1, section 2.4). */
final class CompositeIdentity {
    private static final Map<Class<?>, Class<?>> BOXED =
            Map.of(long.class, Long.class, int.class, Integer.class, short.class, Short.class, byte.class, Byte.class);

    private CompositeIdentity() {}

    /** Whether the id of an entity has several columns. */
    static boolean isOf(Class<?> entity) {
        return idClass(entity).isPresent()
                || PersistentMembers.of(entity).stream().anyMatch(member -> member.has(EmbeddedId.class));
    }

    /**
     * The id and its parts; empty if the id is one column.
     *
     * @param members the members of the entity
     * @throws InvalidMapping if the id has no text
     */
    static List<Attribute> attributes(Class<?> entity, List<PersistentMember> members) {
        Optional<PersistentMember> embedded =
                members.stream().filter(member -> member.has(EmbeddedId.class)).findFirst();
        Optional<Class<?>> idClass = idClass(entity);
        if (embedded.isEmpty() && idClass.isEmpty()) {
            return List.of();
        }
        return embedded.map(CompositeIdentity::embedded).orElseGet(() -> ofClass(entity, idClass.get(), members));
    }

    /** Whether a member belongs to the id. */
    static boolean isPart(PersistentMember member) {
        return member.has(EmbeddedId.class) || member.has(Id.class);
    }

    private static Optional<Class<?>> idClass(Class<?> entity) {
        for (Class<?> type = entity; type != null && type != Object.class; type = type.getSuperclass()) {
            IdClass declared = type.getDeclaredAnnotation(IdClass.class);
            if (declared != null) {
                return Optional.of(declared.value());
            }
        }
        return Optional.empty();
    }

    private static List<Attribute> embedded(PersistentMember member) {
        KeyType key = KeyType.of(member.getType(), member.isProperty() ? AccessType.PROPERTY : AccessType.FIELD);
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new Attribute(new KeyMember(member.declaring(), member.getName(), key) {
            @Override
            @Nullable
            Object read(Object entity) {
                return member.get(entity);
            }

            @Override
            public void set(Object entity, @Nullable Object value) {
                member.set(entity, value);
            }
        }));
        for (PersistentMember part : key.members()) {
            if (Relation.isOwning(part.element())) {
                throw new InvalidMapping("has the relation '" + part.getName() + "' within its @EmbeddedId: make it a"
                        + " field with the other row's id, or use an @IdClass with @Id on the relation.");
            }
            attributes.add(checked(new Attribute(new KeyPart(part, attributes.size() - 1, member, key))));
        }
        return attributes;
    }

    private static List<Attribute> ofClass(Class<?> entity, Class<?> idClass, List<PersistentMember> members) {
        Map<String, PersistentMember> ids = new HashMap<>();
        members.stream().filter(member -> member.has(Id.class)).forEach(member -> ids.put(member.getName(), member));
        boolean isProperty = ids.values().stream().anyMatch(PersistentMember::isProperty);
        KeyType key = KeyType.of(idClass, isProperty ? AccessType.PROPERTY : AccessType.FIELD);
        List<Attribute> parts = new ArrayList<>();
        for (PersistentMember part : key.members()) {
            PersistentMember own = ids.remove(part.getName());
            Attribute attribute = own == null ? null : checked(ofEntity(own, parts.size()));
            if (attribute == null || boxed(attribute.type()) != boxed(part.getType())) {
                throw differ(idClass, part.getName());
            }
            parts.add(attribute);
        }
        ids.keySet().stream().findFirst().ifPresent(name -> {
            throw differ(idClass, name);
        });
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new Attribute(new KeyMember(entity, idClass.getSimpleName(), key) {
            @Override
            public String path() {
                return OF_CLASS;
            }

            @Override
            @Nullable
            Object read(Object row) {
                List<@Nullable Object> values = new ArrayList<>();
                parts.forEach(part -> values.add(part.get(row)));
                return values.contains(null) ? null : key.make(values);
            }

            @Override
            public void set(Object row, @Nullable Object value) {
                List<@Nullable Object> values = value == null ? key.initial() : key.values(value);
                for (int i = 0; i < values.size(); i++) {
                    if (!Objects.equals(values.get(i), parts.get(i).get(row))) {
                        parts.get(i).set(row, values.get(i));
                    }
                }
            }
        }));
        attributes.addAll(parts);
        return attributes;
    }

    private static InvalidMapping differ(Class<?> idClass, String name) {
        return new InvalidMapping("has the @IdClass " + idClass.getSimpleName() + ", which does not fit the @Id"
                + " attributes of the entity: give both an attribute '" + name
                + "' of the same type, for a relation that of the other row's id.");
    }

    private static Attribute ofEntity(PersistentMember member, int index) {
        KeyPart part = new KeyPart(member, index);
        if (!Relation.isOwning(member.element())) {
            return new Attribute(part);
        }
        ManyToOne many = member.element().getAnnotation(ManyToOne.class);
        OneToOne one = member.element().getAnnotation(OneToOne.class);
        Class<?> stated = many != null ? many.targetEntity() : one != null ? one.targetEntity() : void.class;
        return new Attribute(
                part,
                Relation.of(member.getName(), stated == void.class ? member.getType() : stated, member.element()));
    }

    private static Attribute checked(Attribute part) {
        for (Class<? extends Annotation> each : List.<Class<? extends Annotation>>of(
                GeneratedValue.class, Convert.class, JsonbTransient.class, NeverSent.class, Writable.class)) {
            if (part.has(each)) {
                throw new InvalidMapping("has the part '" + part.name() + "' of its id with @" + each.getSimpleName()
                        + ": clients see the parts of an id, give them with a new row, and never change them. Remove"
                        + " the annotation, or give the entity an @Id of one column.");
            }
        }
        return part;
    }

    private static Class<?> boxed(Class<?> type) {
        return BOXED.getOrDefault(type, type);
    }
}
