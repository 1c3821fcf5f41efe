package dev.lockstep.collection.registry;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.ListFields;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.Storage;
import dev.lockstep.collection.mapping.ApplicationPackages;
import dev.lockstep.collection.mapping.Attribute;
import dev.lockstep.collection.mapping.Attributes;
import dev.lockstep.collection.mapping.EntityCallbacks;
import dev.lockstep.collection.mapping.InvalidMapping;
import dev.lockstep.collection.mapping.Subtypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Reader of an entity's annotations. An error names the class and the fix in one sentence. */
final class CollectionModelReader {
    /** Names that the log and the access chain use for actions without a row: of changed rights, and of event stores. */
    private static final Set<String> RESERVED_NAMES = Set.of("lockstep-rights", "lockstep-events");

    private CollectionModelReader() {}

    /**
     * Reads an entity and its subclasses.
     *
     * @param entities all entities of the persistence unit
     * @throws Misconfiguration if the annotations contradict each other or are not supported
     */
    static CollectionModel read(Class<?> entity, Collection<Class<?>> entities) {
        try {
            ModelChecks.requireOwnTables(entity, entities);
            return model(entity, Subtypes.of(entity, entities));
        } catch (InvalidMapping invalid) {
            throw new Misconfiguration(entity.getName() + " " + invalid.sentence());
        }
    }

    private static CollectionModel model(Class<?> entity, Subtypes subtypes) {
        ModelChecks.requireOwnRows(entity);
        SyncCollection declared = entity.getAnnotation(SyncCollection.class);
        List<Attribute> attributes = Attributes.of(entity);
        List<FieldModel> fields = new ArrayList<>();
        for (Attribute attribute : attributes) {
            fields.add(FieldReader.read(entity, attribute));
        }
        if (subtypes.any()) {
            fields.addFirst(SubtypeFields.discriminator(entity, subtypes));
            fields.addAll(SubtypeFields.of(entity, subtypes));
        }
        ModelChecks.requireUnique(fields);
        fields.sort(FieldOrder.inJson(entity, fields));
        List<FieldModel> own = fields.stream()
                .filter(field -> field.isOf(entity) && !field.isSubtype())
                .toList();
        ListFields lists = DeclaredLists.of(entity, own);
        boolean clientIds = DeclaredKeys.areChosen(entity, fields);
        CollectionModel model = new CollectionModel(
                ApplicationPackages.nameOf(entity),
                name(declared.value()),
                entity,
                subtypes,
                fields,
                FieldOrder.ofLists(declared.orderBy(), own),
                declared.direction(),
                clientIds,
                false,
                DeclaredOperations.of(entity, own),
                DeclaredKeys.composite(entity, own),
                DeclaredKeys.loading(entity),
                DeclaredKeys.indexed(entity, own),
                lists,
                new Storage(EntityCallbacks.of(entity, attributes, subtypes.types())));
        ModelChecks.requireDefaults(model);
        ModelChecks.requireStorableDefaults(model);
        return model;
    }

    private static CollectionName name(String declared) {
        if (RESERVED_NAMES.contains(declared)) {
            throw new InvalidMapping(
                    "has @SyncCollection(\"" + declared + "\"), which is reserved: choose another name.");
        }
        try {
            return new CollectionName(declared);
        } catch (IllegalArgumentException e) {
            throw new InvalidMapping("has @SyncCollection(\"" + declared + "\"), but " + e.getMessage());
        }
    }
}
