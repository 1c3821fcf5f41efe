package dev.lockstep.collection.registry;

import dev.lockstep.api.Operation;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.mapping.Attributes;
import dev.lockstep.collection.mapping.InvalidMapping;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.collection.mapping.TableNames;
import jakarta.persistence.Entity;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks over all fields of a collection. */
final class ModelChecks {
    private ModelChecks() {}

    /** @throws InvalidMapping if two fields have one name or one role, or if there is no id */
    static void requireUnique(List<FieldModel> fields) {
        Set<String> names = new HashSet<>();
        Set<Role> roles = new HashSet<>();
        for (FieldModel field : fields) {
            if (field.role() != Role.DATA && !roles.add(field.role())) {
                throw new InvalidMapping("has two fields that are its " + field.role() + ": keep one.");
            }
            if (!names.add(field.name())) {
                throw new InvalidMapping(
                        "has two fields named '" + field.name() + "' on the wire: rename one with @JsonbProperty.");
            }
        }
        if (fields.stream().filter(FieldModel::isScope).count() > 1) {
            throw new InvalidMapping("has two fields with @ScopeColumn: keep one.");
        }
        if (!roles.contains(Role.ID)) {
            throw new InvalidMapping(
                    "has no @Id: add a String field with @Id, or extend " + SyncRow.class.getSimpleName() + ".");
        }
    }

    /** @throws InvalidMapping if the rows are also those of a superclass that is a collection */
    static void requireOwnRows(Class<?> entity) {
        for (Class<?> type = entity.getSuperclass(); type != null; type = type.getSuperclass()) {
            if (type.isAnnotationPresent(SyncCollection.class) && type.isAnnotationPresent(Entity.class)) {
                throw new InvalidMapping("has @SyncCollection, and its rows are also those of the collection of its"
                        + " superclass " + type.getSimpleName() + ": remove one of the two annotations.");
            }
        }
    }

    /**
     * Checks the tables beside its own that the JPA provider writes with the entity.
     *
     * @throws InvalidMapping if one has the rows of a collection: they would change without a log entry
     */
    static void requireOwnTables(Class<?> entity, Collection<Class<?>> entities) {
        Attributes.furtherTables(entity).forEach((field, table) -> {
            for (Class<?> other : entities) {
                if (other.isAnnotationPresent(SyncCollection.class)
                        && TableNames.folded(TableNames.table(other)).equals(TableNames.folded(table))) {
                    throw new InvalidMapping(
                            "has the field '" + field + "' in the table '" + table + "', which is that of "
                                    + other.getSimpleName()
                                    + ": the JPA provider would delete its rows and no client would know."
                                    + " Remove the field, or map the rows with @OneToMany and mappedBy.");
                }
            }
        });
    }

    /**
     * A client cannot supply a field that it may not write, so a new row must be complete without it.
     *
     * @throws InvalidMapping if it is not
     */
    static void requireDefaults(CollectionModel model) {
        for (FieldModel field : model.fields()) {
            if (field.role() == Role.DATA
                    && field.isRequired()
                    && !field.isWrittenByInserts()
                    && model.operations().contains(Operation.INSERT)
                    && field.get(newEntity(model, field)) == null) {
                throw new InvalidMapping("has the field '" + field.property()
                        + "', which must not be null and which clients may not write on insert: give it a default"
                        + " value, make it nullable, or remove INSERT from the operations.");
            }
        }
    }

    /**
     * A new row without the field has the initial value of a {@code char}, which not every database stores.
     *
     * @throws InvalidMapping if that is NUL
     */
    static void requireStorableDefaults(CollectionModel model) {
        for (FieldModel field : model.fields()) {
            if (field.javaType() == char.class
                    && model.operations().contains(Operation.INSERT)
                    && !Modifier.isAbstract(field.owner().getModifiers())
                    && Character.valueOf('\0').equals(field.get(newEntity(model, field)))) {
                throw new InvalidMapping("has the field '" + field.property() + "' of type char, whose initial value is"
                        + " NUL, which not every database stores: give it another value, or use Character.");
            }
        }
    }

    private static Object newEntity(CollectionModel model, FieldModel field) {
        return model.subtypes().any() && !field.isOf(model.entity())
                ? model.newEntity(model.subtypes().textOf(field.owner()))
                : model.newEntity();
    }
}
