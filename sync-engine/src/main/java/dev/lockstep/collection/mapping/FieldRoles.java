package dev.lockstep.collection.mapping;

import dev.lockstep.api.entity.ArchivedAt;
import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.DeletedAt;
import dev.lockstep.api.entity.OwnerColumn;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.UpdatedAt;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The roles of attributes, by their annotations. */
public final class FieldRoles {
    private static final Map<Class<? extends Annotation>, Role> ROLES = roles();

    private FieldRoles() {}

    /** @throws InvalidMapping if the attribute has two roles, or a type that its role does not allow */
    public static Role of(Attribute attribute) {
        Role role = Role.DATA;
        for (var candidate : ROLES.entrySet()) {
            if (attribute.has(candidate.getKey())) {
                if (role == Role.ID && candidate.getValue() == Role.ROOM) {
                    continue; // a row that is a room of its own
                }
                if (role != Role.DATA) {
                    throw new InvalidMapping("has the field '" + attribute.name()
                            + "' with two of the annotations @Id, @RoomColumn, @OwnerColumn, @CreatedAt, @UpdatedAt,"
                            + " @ArchivedAt, @DeletedAt, @Version: keep one.");
                }
                role = candidate.getValue();
            }
        }
        if (attribute.part() >= 0 && role != Role.DATA && role != Role.ROOM) {
            throw new InvalidMapping("has the part '" + attribute.name() + "' of its id with " + annotation(role)
                    + ", which the server sets after the id is known: put the annotation on a field of its own.");
        }
        requireType(role, attribute);
        return role;
    }

    private static void requireType(Role role, Attribute attribute) {
        Class<?> needed = switch (role) {
            case ROOM -> attribute.relation().isPresent() ? attribute.type() : String.class;
            case OWNER -> String.class;
            case CREATED_AT, UPDATED_AT, ARCHIVED_AT, DELETED_AT -> Instant.class;
            case ID, VERSION, DATA -> attribute.type();
        };
        if (attribute.type() != needed) {
            throw new InvalidMapping("has the field '" + attribute.name() + "' of type "
                    + attribute.type().getSimpleName() + ": as its " + annotation(role) + " it must be of type "
                    + needed.getSimpleName() + ".");
        }
        if (role == Role.ID) {
            requireId(attribute);
        }
    }

    private static void requireId(Attribute attribute) {
        if (attribute.key().isPresent()) {
            return;
        }
        Optional<IdType> type = IdType.of(attribute.type());
        if (type.isEmpty()) {
            throw new InvalidMapping("has the field '" + attribute.name() + "' of type "
                    + attribute.type().getSimpleName() + ": as its @Id it must be of one of the types "
                    + IdType.supported() + ".");
        }
        if (attribute.has(RoomColumn.class) && (type.get() != IdType.TEXT || attribute.has(GeneratedValue.class))) {
            throw new InvalidMapping(
                    "has the field '" + attribute.name() + "' with @Id and @RoomColumn, so that each row"
                            + " is a room with the name of its id: make it a String without @GeneratedValue.");
        }
    }

    private static String annotation(Role role) {
        return ROLES.entrySet().stream()
                .filter(entry -> entry.getValue() == role)
                .map(entry -> "@" + entry.getKey().getSimpleName())
                .findFirst()
                .orElseThrow();
    }

    private static Map<Class<? extends Annotation>, Role> roles() {
        Map<Class<? extends Annotation>, Role> roles = new LinkedHashMap<>();
        roles.put(Id.class, Role.ID);
        roles.put(RoomColumn.class, Role.ROOM);
        roles.put(OwnerColumn.class, Role.OWNER);
        roles.put(CreatedAt.class, Role.CREATED_AT);
        roles.put(UpdatedAt.class, Role.UPDATED_AT);
        roles.put(ArchivedAt.class, Role.ARCHIVED_AT);
        roles.put(DeletedAt.class, Role.DELETED_AT);
        roles.put(Version.class, Role.VERSION);
        return Collections.unmodifiableMap(roles);
    }
}
