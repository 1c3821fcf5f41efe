package dev.lockstep.collection.registry;

import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.ScopeColumn;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.mapping.Attribute;
import dev.lockstep.collection.mapping.FieldAccess;
import dev.lockstep.collection.mapping.FieldRoles;
import dev.lockstep.collection.mapping.IdType;
import dev.lockstep.collection.mapping.InvalidMapping;
import dev.lockstep.collection.mapping.ProviderAnnotations;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.collection.value.FieldType;
import dev.lockstep.collection.value.FieldTypes;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.Optional;

/** Reader of one attribute of an entity. */
final class FieldReader {
    /** The name of every row's id on the wire. */
    private static final String ID = "id";

    private FieldReader() {}

    /** @throws InvalidMapping if its annotations contradict each other or are not supported */
    static FieldModel read(Class<?> entity, Attribute attribute) {
        Role role = FieldRoles.of(attribute);
        FieldType<?> type = FieldTypes.of(attribute);
        requireReference(attribute, role);
        FieldAccess access = FieldAccess.of(attribute, role);
        requireScope(attribute, role, access);
        requireChangeable(attribute, role, access);
        return new FieldModel(entity, attribute, wireName(attribute, role), role, type, access, attribute.isRequired());
    }

    private static void requireReference(Attribute attribute, Role role) {
        if (attribute.has(BelongsTo.class)
                && (role != Role.DATA || IdType.of(attribute.type()).isEmpty())) {
            throw new InvalidMapping("has the field '" + attribute.name()
                    + "' with @BelongsTo: put it on a field of its own that has the type of the parent's id.");
        }
    }

    private static void requireScope(Attribute attribute, Role role, FieldAccess access) {
        if (attribute.has(ScopeColumn.class)
                && (role != Role.DATA
                        || attribute.type() != String.class
                        || !access.sent()
                        || !access.isWrittenByInserts())) {
            throw new InvalidMapping("has the field '" + attribute.name()
                    + "' with @ScopeColumn: put it on a String field of its own that clients see and may write on"
                    + " insert.");
        }
    }

    private static void requireChangeable(Attribute attribute, Role role, FieldAccess access) {
        if (role == Role.DATA && access.isWrittenByUpdates() && ProviderAnnotations.isFixed(attribute.element())) {
            throw new InvalidMapping("has the field '" + attribute.name() + "' with @NaturalId, whose values the JPA"
                    + " provider refuses to change: add @Writable(ON_INSERT), or state mutable = true.");
        }
    }

    /** Clients of all dialects know a row by its member {@code id}, whatever the entity's field is named. */
    private static String wireName(Attribute attribute, Role role) {
        Optional<String> stated = attribute
                .annotation(JsonbProperty.class)
                .map(JsonbProperty::value)
                .filter(name -> !name.isEmpty());
        if (role != Role.ID) {
            return stated.orElse(attribute.name());
        }
        if (stated.filter(name -> !name.equals(ID)).isPresent()) {
            throw new InvalidMapping("has @JsonbProperty(\"" + stated.get() + "\") on its @Id '" + attribute.name()
                    + "': clients find a row's id under the name 'id'. Remove the annotation.");
        }
        return ID;
    }
}
