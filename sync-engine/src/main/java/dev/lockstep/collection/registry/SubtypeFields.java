package dev.lockstep.collection.registry;

import dev.lockstep.api.entity.Filterable;
import dev.lockstep.api.entity.ScopeColumn;
import dev.lockstep.api.entity.Sortable;
import dev.lockstep.api.entity.Writable.When;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.mapping.Attribute;
import dev.lockstep.collection.mapping.Attributes;
import dev.lockstep.collection.mapping.FieldAccess;
import dev.lockstep.collection.mapping.InvalidMapping;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.collection.mapping.Subtypes;
import dev.lockstep.collection.value.FieldTypes;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** The fields of an entity's subclasses, and the one that shows the class of a row. */
final class SubtypeFields {
    private SubtypeFields() {}

    /** The field with the text that names a row's class. Clients state it in inserts, and must if the entity is abstract. */
    static FieldModel discriminator(Class<?> entity, Subtypes subtypes) {
        Attribute attribute = subtypes.attribute(entity);
        return new FieldModel(
                entity,
                attribute,
                attribute.name(),
                Role.DATA,
                FieldTypes.ofSubtype(subtypes),
                new FieldAccess(true, When.ON_INSERT),
                Modifier.isAbstract(entity.getModifiers()));
    }

    /** @throws InvalidMapping if a subclass has a field that every row of the collection must have */
    static List<FieldModel> of(Class<?> entity, Subtypes subtypes) {
        List<FieldModel> fields = new ArrayList<>();
        for (Class<?> type : subtypes.types()) {
            for (Attribute attribute : Attributes.ofSubclass(type, entity)) {
                FieldModel field = FieldReader.read(type, attribute);
                if (field.role() != Role.DATA
                        || attribute.has(ScopeColumn.class)
                        || attribute.has(Filterable.class)
                        || attribute.has(Sortable.class)
                        || attribute.isElementCollection()) {
                    throw new InvalidMapping("has the subclass " + type.getSimpleName() + " with the field '"
                            + attribute.name() + "', whose annotation concerns all rows of the collection: move the"
                            + " field to " + entity.getSimpleName() + ", or remove the annotation.");
                }
                boolean isNew = fields.stream()
                        .noneMatch(other -> other.property().equals(attribute.name())
                                && other.declaring() == attribute.declaring());
                if (isNew) {
                    requireUnique(field, fields);
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    /** Queries over the collection name a field of a subclass by its name in Java. */
    private static void requireUnique(FieldModel field, List<FieldModel> others) {
        others.stream()
                .filter(other -> other.property().equals(field.property()))
                .findFirst()
                .ifPresent(other -> {
                    throw new InvalidMapping("has the field '" + field.property() + "' in the subclasses "
                            + other.owner().getSimpleName() + " and "
                            + field.owner().getSimpleName()
                            + ": move it to a common superclass, or rename one; @Column and @JsonbProperty state the names"
                            + " of the column and on the wire.");
                });
    }
}
