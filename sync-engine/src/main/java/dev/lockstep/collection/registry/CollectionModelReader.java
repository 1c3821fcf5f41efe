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
import java.util.ArrayList;
import java.util.List;

/** Reader of an entity's annotations. An error names the class and the fix in one sentence. */
final class CollectionModelReader {
    /** Name that the log uses for actions without a row. */
    private static final String RESERVED_NAME = "lockstep-rights";

    private CollectionModelReader() {}

    /** @throws Misconfiguration if the annotations contradict each other or are not supported */
    static CollectionModel read(Class<?> entity) {
        try {
            return model(entity);
        } catch (InvalidMapping invalid) {
            throw new Misconfiguration(entity.getName() + " " + invalid.sentence());
        }
    }

    private static CollectionModel model(Class<?> entity) {
        SyncCollection declared = entity.getAnnotation(SyncCollection.class);
        List<Attribute> attributes = Attributes.of(entity);
        List<FieldModel> fields = new ArrayList<>();
        for (Attribute attribute : attributes) {
            fields.add(FieldReader.read(entity, attribute));
        }
        ModelChecks.requireUnique(fields);
        fields.sort(FieldOrder.inJson(entity, fields));
        ListFields lists = DeclaredLists.of(entity, fields);
        boolean clientIds = DeclaredKeys.areChosen(entity, fields);
        CollectionModel model = new CollectionModel(
                ApplicationPackages.nameOf(entity),
                name(declared.value()),
                entity,
                fields,
                FieldOrder.ofLists(declared.orderBy(), fields),
                declared.direction(),
                clientIds,
                false,
                DeclaredOperations.of(entity, fields),
                DeclaredKeys.composite(entity, fields),
                DeclaredKeys.loading(entity),
                DeclaredKeys.indexed(entity, fields),
                lists,
                new Storage(EntityCallbacks.of(entity, attributes)));
        ModelChecks.requireDefaults(model);
        return model;
    }

    private static CollectionName name(String declared) {
        if (declared.equals(RESERVED_NAME)) {
            throw new InvalidMapping(
                    "has @SyncCollection(\"" + RESERVED_NAME + "\"), which is reserved: choose another name.");
        }
        try {
            return new CollectionName(declared);
        } catch (IllegalArgumentException e) {
            throw new InvalidMapping("has @SyncCollection(\"" + declared + "\"), but " + e.getMessage());
        }
    }
}
