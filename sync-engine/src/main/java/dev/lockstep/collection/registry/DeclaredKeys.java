package dev.lockstep.collection.registry;

import dev.lockstep.api.entity.CompositeKey;
import dev.lockstep.api.entity.Loading;
import dev.lockstep.api.entity.SyncApplication;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.mapping.ApplicationPackages;
import dev.lockstep.collection.mapping.InvalidMapping;
import dev.lockstep.collection.mapping.Role;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of a collection: the fields that form the id, and those by which clients load rows. */
final class DeclaredKeys {
    private DeclaredKeys() {}

    /**
     * The names of the fields that form the id; empty without a {@link CompositeKey}.
     *
     * @throws InvalidMapping if a field cannot be part of a key
     */
    static List<String> composite(Class<?> entity, List<FieldModel> fields) {
        CompositeKey key = entity.getAnnotation(CompositeKey.class);
        if (key == null) {
            return List.of();
        }
        if (CollectionModel.with(Role.DELETED_AT, fields).isPresent()) {
            throw new InvalidMapping(
                    "has a @CompositeKey and deletes softly, so that a deleted row could never be inserted again:"
                            + " remove the field with @DeletedAt.");
        }
        if (key.value().length == 0) {
            throw new InvalidMapping("has an empty @CompositeKey: name the fields of the key.");
        }
        for (String name : key.value()) {
            FieldModel field = named(name, fields, "a @CompositeKey of");
            if (field.role() != Role.DATA || !isText(field) || !field.isWrittenByInserts()) {
                throw new InvalidMapping("has a @CompositeKey of '" + name
                        + "': name String fields that clients see and may write on insert.");
            }
        }
        return List.of(key.value());
    }

    /**
     * Whether clients may choose the ids of new rows.
     *
     * @throws InvalidMapping if nobody could make the ids, or if both clients and the database would
     */
    static boolean areChosen(Class<?> entity, List<FieldModel> fields) {
        FieldModel id = CollectionModel.with(Role.ID, fields).orElseThrow();
        boolean declared = entity.getAnnotation(SyncCollection.class).clientIds();
        boolean ofApplication = ApplicationPackages.of(entity)
                .filter(SyncApplication::clientIds)
                .isPresent();
        if (id.key().isPresent()) {
            if (entity.isAnnotationPresent(CompositeKey.class)) {
                throw new InvalidMapping("has a @CompositeKey and an id of several columns: remove the @CompositeKey,"
                        + " because the columns of the id are the key.");
            }
            return true; // nobody else knows the parts
        }
        if (id.isGenerated() && (declared || entity.isAnnotationPresent(CompositeKey.class))) {
            throw new InvalidMapping("has the field '" + id.property() + "' with @GeneratedValue, and "
                    + (declared ? "clientIds = true" : "a @CompositeKey") + ": keep one.");
        }
        if (id.idType().isNumber()
                && !id.isGenerated()
                && (!(declared || ofApplication) || entity.isAnnotationPresent(CompositeKey.class))) {
            throw new InvalidMapping("has the field '" + id.property() + "' of type "
                    + id.javaType().getSimpleName()
                    + " as its @Id, and the server makes only ids of the types String and"
                    + " UUID: add @GeneratedValue, or clientIds = true without a @CompositeKey.");
        }
        return !id.isGenerated() && (declared || ofApplication);
    }

    /** The loading strategy of clients with a local store. */
    static Loading.Strategy loading(Class<?> entity) {
        return declared(entity).map(Loading::value).orElse(Loading.Strategy.INSTANT);
    }

    /**
     * The names of the fields by whose values clients may load rows.
     *
     * @throws InvalidMapping if a field has no text
     */
    static Set<String> indexed(Class<?> entity, List<FieldModel> fields) {
        Set<String> keys = new LinkedHashSet<>();
        for (String name : declared(entity).map(Loading::keys).orElse(new String[0])) {
            if (!isText(named(name, fields, "@Loading by"))) {
                throw new InvalidMapping("has @Loading by '" + name + "': name String fields that clients see.");
            }
            keys.add(name);
        }
        if (loading(entity) != Loading.Strategy.INSTANT) {
            CollectionModel.with(Role.ID, fields).map(FieldModel::name).ifPresent(keys::add);
        }
        return keys;
    }

    private static Optional<Loading> declared(Class<?> entity) {
        return Optional.ofNullable(entity.getAnnotation(Loading.class));
    }

    private static FieldModel named(String name, List<FieldModel> fields, String annotation) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidMapping("has " + annotation + " '" + name + "', but no such field: choose from "
                                + fields.stream().map(FieldModel::name).toList() + "."));
    }

    private static boolean isText(FieldModel field) {
        return field.isSent() && field.javaType() == String.class;
    }
}
