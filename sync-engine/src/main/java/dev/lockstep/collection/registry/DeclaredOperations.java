package dev.lockstep.collection.registry;

import dev.lockstep.api.Operation;
import dev.lockstep.api.entity.CompositeKey;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.mapping.InvalidMapping;
import dev.lockstep.collection.mapping.Role;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The operations that a collection offers to clients. */
final class DeclaredOperations {
    private static final Set<Operation> ARCHIVING = Set.of(Operation.ARCHIVE, Operation.UNARCHIVE);

    private DeclaredOperations() {}

    /** @throws InvalidMapping if the entity names an operation that cannot be declared */
    static Set<Operation> of(Class<?> entity, List<FieldModel> fields) {
        SyncCollection declared = entity.getAnnotation(SyncCollection.class);
        Set<Operation> writes = EnumSet.of(Operation.INSERT, Operation.UPDATE, Operation.DELETE);
        boolean archivable = CollectionModel.with(Role.ARCHIVED_AT, fields).isPresent();
        if (archivable) {
            writes.addAll(ARCHIVING);
        }
        Set<Operation> operations = new HashSet<>(List.of(declared.operations()));
        for (Operation operation : declared.operations()) {
            if (!writes.contains(operation)) {
                throw new InvalidMapping("has " + operation + " among its operations: name only those of " + writes
                        + "; bulk operations exist where the single ones do, and reading always does.");
            }
        }
        if (archivable && operations.contains(Operation.UPDATE)) {
            operations.addAll(ARCHIVING);
        }
        if (entity.isAnnotationPresent(CompositeKey.class)) {
            operations.retainAll(EnumSet.of(Operation.INSERT, Operation.DELETE));
        }
        return operations;
    }
}
