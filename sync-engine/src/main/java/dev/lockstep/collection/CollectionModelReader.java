package dev.lockstep.collection;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Operation;
import dev.lockstep.api.entity.ArchivedAt;
import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.CompositeKey;
import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.DeletedAt;
import dev.lockstep.api.entity.Loading;
import dev.lockstep.api.entity.OwnerColumn;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.ScopeColumn;
import dev.lockstep.api.entity.SendAs;
import dev.lockstep.api.entity.SyncApplication;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import dev.lockstep.api.entity.UpdatedAt;
import dev.lockstep.collection.FieldModel.Role;
import dev.lockstep.collection.value.FieldType;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reader of an entity's annotations. An error names the class and the fix in one sentence. */
final class CollectionModelReader {
    private static final Map<Class<? extends Annotation>, Role> ROLES = roles();

    private static final Set<Operation> ARCHIVING = Set.of(Operation.ARCHIVE, Operation.UNARCHIVE);

    /** Name that the log uses for actions without a row. */
    private static final String RESERVED_NAME = "lockstep-rights";

    private final Class<?> entity;
    private final SyncCollection declared;

    private CollectionModelReader(Class<?> entity) {
        this.entity = entity;
        this.declared = entity.getAnnotation(SyncCollection.class);
    }

    /** @throws Misconfiguration if the annotations contradict each other or are not supported */
    static CollectionModel read(Class<?> entity) {
        return new CollectionModelReader(entity).model();
    }

    private CollectionModel model() {
        List<FieldModel> fields = new ArrayList<>();
        for (Field field : persistentFields()) {
            fields.add(field(field));
        }
        requireUnique(fields);
        fields.sort(jsonOrder(fields));
        CollectionModel model = new CollectionModel(
                applicationOf(entity),
                name(),
                entity,
                fields,
                orderBy(fields),
                declared.direction(),
                declared.clientIds()
                        || findDeclaration(entity)
                                .filter(SyncApplication::clientIds)
                                .isPresent(),
                false,
                operations(fields),
                compositeKey(fields),
                loading().map(Loading::value).orElse(Loading.Strategy.INSTANT),
                indexedKeys(fields),
                new Storage(EntityCallbacks.of(entity, persistentFields())));
        requireDefaults(model);
        return model;
    }

    private Set<Operation> operations(List<FieldModel> fields) {
        Set<Operation> writes = EnumSet.of(Operation.INSERT, Operation.UPDATE, Operation.DELETE);
        boolean archivable = with(Role.ARCHIVED_AT, fields).isPresent();
        if (archivable) {
            writes.addAll(ARCHIVING);
        }
        Set<Operation> operations = new HashSet<>(List.of(declared.operations()));
        for (Operation operation : declared.operations()) {
            if (!writes.contains(operation)) {
                throw wrong("has " + operation + " among its operations: name only those of " + writes
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

    private List<String> compositeKey(List<FieldModel> fields) {
        CompositeKey key = entity.getAnnotation(CompositeKey.class);
        if (key == null) {
            return List.of();
        }
        if (with(Role.DELETED_AT, fields).isPresent()) {
            throw wrong("has a @CompositeKey and deletes softly, so that a deleted row could never be inserted again:"
                    + " remove the field with @DeletedAt.");
        }
        if (key.value().length == 0) {
            throw wrong("has an empty @CompositeKey: name the fields of the key.");
        }
        for (String name : key.value()) {
            FieldModel field = named(name, fields, "a @CompositeKey of");
            if (field.role() != Role.DATA || !isText(field) || !field.isWrittenByInserts()) {
                throw wrong("has a @CompositeKey of '" + name
                        + "': name String fields that clients see and may write on insert.");
            }
        }
        return List.of(key.value());
    }

    private Optional<Loading> loading() {
        return Optional.ofNullable(entity.getAnnotation(Loading.class));
    }

    private Set<String> indexedKeys(List<FieldModel> fields) {
        Set<String> keys = new LinkedHashSet<>();
        for (String name : loading().map(Loading::keys).orElse(new String[0])) {
            if (!isText(named(name, fields, "@Loading by"))) {
                throw wrong("has @Loading by '" + name + "': name String fields that clients see.");
            }
            keys.add(name);
        }
        if (loading().filter(how -> how.value() != Loading.Strategy.INSTANT).isPresent()) {
            with(Role.ID, fields).map(FieldModel::name).ifPresent(keys::add);
        }
        return keys;
    }

    private FieldModel named(String name, List<FieldModel> fields, String annotation) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("has " + annotation + " '" + name + "', but no such field: choose from "
                        + fields.stream().map(FieldModel::name).toList() + "."));
    }

    private static boolean isText(FieldModel field) {
        return field.isSent() && field.javaType() == String.class;
    }

    /** A client cannot supply a field that it may not write, so a new row must be complete without it. */
    private void requireDefaults(CollectionModel model) {
        for (FieldModel field : model.fields()) {
            if (field.role() == Role.DATA
                    && field.isRequired()
                    && !field.isWrittenByInserts()
                    && model.operations().contains(Operation.INSERT)
                    && field.get(model.newEntity()) == null) {
                throw wrong("has the field '" + field.attribute() + "', which must not be null and which clients may"
                        + " not write on insert: give it a default value, make it nullable, or remove INSERT from the"
                        + " operations.");
            }
        }
    }

    private CollectionName name() {
        if (declared.value().equals(RESERVED_NAME)) {
            throw wrong("has @SyncCollection(\"" + RESERVED_NAME + "\"), which is reserved: choose another name.");
        }
        try {
            return new CollectionName(declared.value());
        } catch (IllegalArgumentException e) {
            throw wrong("has @SyncCollection(\"" + declared.value() + "\"), but " + e.getMessage());
        }
    }

    /** The application of a class, by the nearest enclosing package with the annotation. */
    static String applicationOf(Class<?> member) {
        return findApplicationOf(member)
                .orElseThrow(() -> new Misconfiguration(member.getName()
                        + " belongs to no application: annotate its package, in package-info.java, with"
                        + " @SyncApplication(\"name-of-the-application\")."));
    }

    static Optional<String> findApplicationOf(Class<?> member) {
        return findDeclaration(member).map(SyncApplication::value);
    }

    private static Optional<SyncApplication> findDeclaration(Class<?> member) {
        String name = member.getPackageName();
        while (!name.isEmpty()) {
            Optional<SyncApplication> application = declaredBy(name, member.getClassLoader());
            if (application.isPresent()) {
                return application;
            }
            name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        }
        return Optional.empty();
    }

    private static Optional<SyncApplication> declaredBy(String packageName, ClassLoader loader) {
        try {
            Class<?> info = Class.forName(packageName + ".package-info", false, loader);
            return Optional.ofNullable(info.getAnnotation(SyncApplication.class));
        } catch (ClassNotFoundException e) {
            return Optional.empty(); // the package has no package-info
        }
    }

    /** The entity's own fields as declared, then those of its superclasses, nearest first. */
    private List<Field> persistentFields() {
        List<Field> fields = new ArrayList<>();
        for (Class<?> type = entity; type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (isPersistent(field)) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static boolean isPersistent(Field field) {
        int modifiers = field.getModifiers();
        return !Modifier.isStatic(modifiers)
                && !Modifier.isTransient(modifiers)
                && !field.isSynthetic()
                && !field.isAnnotationPresent(Transient.class);
    }

    private FieldModel field(Field field) {
        Role role = role(field);
        FieldType<?> type = type(field);
        requireReference(field, role);
        FieldAccess rights = rights(field, role);
        requireScope(field, role, rights);
        return new FieldModel(entity, field, wireName(field), role, type, rights, isRequired(field));
    }

    private FieldType<?> type(Field field) {
        SendAs form = field.getAnnotation(SendAs.class);
        if (form == null || form.value() == SendAs.Form.NUMBER) {
            return ownType(field);
        }
        if (!isNumber(field.getType())) {
            throw wrong("has the field '" + field.getName() + "' with @SendAs(TEXT), but its type "
                    + field.getType().getSimpleName() + " is not a number: remove the annotation.");
        }
        return FieldType.asText(ownType(field));
    }

    private static boolean isNumber(Class<?> type) {
        return Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != boolean.class);
    }

    private FieldType<?> ownType(Field field) {
        Column column = field.getAnnotation(Column.class);
        if (field.getType() == BigDecimal.class && column != null && (column.precision() > 0 || column.scale() > 0)) {
            return FieldType.decimal(column.scale());
        }
        return FieldType.of(field.getType()).orElseThrow(() -> wrong(unsupported(field)));
    }

    private FieldAccess rights(Field field, Role role) {
        try {
            return FieldAccess.of(field, role);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private void requireReference(Field field, Role role) {
        if (field.isAnnotationPresent(BelongsTo.class) && (role != Role.DATA || field.getType() != String.class)) {
            throw wrong("has the field '" + field.getName() + "' with @BelongsTo: put it on a String field of its own"
                    + " with the parent's id.");
        }
    }

    private void requireScope(Field field, Role role, FieldAccess rights) {
        if (field.isAnnotationPresent(ScopeColumn.class)
                && (role != Role.DATA
                        || field.getType() != String.class
                        || !rights.sent()
                        || !rights.isWrittenByInserts())) {
            throw wrong("has the field '" + field.getName() + "' with @ScopeColumn: put it on a String field of its"
                    + " own that clients see and may write on insert.");
        }
    }

    private static String unsupported(Field field) {
        return "has the field '" + field.getName() + "' of type "
                + field.getType().getSimpleName()
                + ", which has no form in JSON: use one of " + FieldType.supported()
                + ", a primitive or an enum, or make it @Transient.";
    }

    private Role role(Field field) {
        Role role = Role.DATA;
        for (var candidate : ROLES.entrySet()) {
            if (field.isAnnotationPresent(candidate.getKey())) {
                if (role == Role.ID && candidate.getValue() == Role.ROOM) {
                    continue; // a row that is a room of its own
                }
                if (role != Role.DATA) {
                    throw wrong("has the field '" + field.getName() + "' with two of the annotations @Id, @RoomColumn,"
                            + " @OwnerColumn, @CreatedAt, @UpdatedAt, @ArchivedAt, @DeletedAt, @Version: keep one.");
                }
                role = candidate.getValue();
            }
        }
        requireTypeOf(role, field);
        return role;
    }

    private void requireTypeOf(Role role, Field field) {
        Class<?> needed = switch (role) {
            case ID, ROOM, OWNER -> String.class;
            case CREATED_AT, UPDATED_AT, ARCHIVED_AT, DELETED_AT -> Instant.class;
            case VERSION, DATA -> field.getType();
        };
        if (field.getType() != needed) {
            throw wrong("has the field '" + field.getName() + "' of type "
                    + field.getType().getSimpleName() + ": as its " + annotation(role) + " it must be of type "
                    + needed.getSimpleName() + ".");
        }
        if (role == Role.ID && field.isAnnotationPresent(GeneratedValue.class)) {
            throw wrong("has a @GeneratedValue id: remove the annotation, the server makes the ids.");
        }
    }

    private static String wireName(Field field) {
        JsonbProperty property = field.getAnnotation(JsonbProperty.class);
        return property == null || property.value().isEmpty() ? field.getName() : property.value();
    }

    private static boolean isRequired(Field field) {
        Column column = field.getAnnotation(Column.class);
        Basic basic = field.getAnnotation(Basic.class);
        return field.getType().isPrimitive()
                || field.isAnnotationPresent(NotNull.class)
                || (column != null && !column.nullable())
                || (basic != null && !basic.optional());
    }

    private void requireUnique(List<FieldModel> fields) {
        Set<String> names = new HashSet<>();
        Set<Role> roles = new HashSet<>();
        for (FieldModel field : fields) {
            if (!names.add(field.name())) {
                throw wrong("has two fields named '" + field.name() + "' on the wire: rename one with @JsonbProperty.");
            }
            if (field.role() != Role.DATA && !roles.add(field.role())) {
                throw wrong("has two fields that are its " + field.role() + ": keep one.");
            }
        }
        if (fields.stream().filter(FieldModel::isScope).count() > 1) {
            throw wrong("has two fields with @ScopeColumn: keep one.");
        }
        if (!roles.contains(Role.ID)) {
            throw wrong(misplacedId()
                    .map(method -> "has @Id on the method " + method + "(): put it, and the entity's other annotations,"
                            + " on fields, where the server reads them.")
                    .orElse("has no @Id: add a String field with @Id, or extend " + SyncRow.class.getSimpleName()
                            + "."));
        }
    }

    /** The getter with the annotation that belongs on a field. */
    private Optional<String> misplacedId() {
        for (Class<?> each = entity; each != null; each = each.getSuperclass()) {
            for (Method method : each.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Id.class)) {
                    return Optional.of(method.getName());
                }
            }
        }
        return Optional.empty();
    }

    private Comparator<FieldModel> jsonOrder(List<FieldModel> fields) {
        JsonbPropertyOrder stated = entity.getAnnotation(JsonbPropertyOrder.class);
        if (stated == null) {
            return Comparator.comparingInt(CollectionModelReader::rank);
        }
        List<String> order = List.of(stated.value());
        for (FieldModel field : fields) {
            if (field.isSent() && !order.contains(field.name())) {
                throw wrong("has @JsonbPropertyOrder without '" + field.name() + "': name every field that is sent.");
            }
        }
        return Comparator.comparingInt(field -> field.isSent() ? order.indexOf(field.name()) : order.size());
    }

    /** The id first, timestamps last, the rest as declared: the sort is stable. */
    private static int rank(FieldModel field) {
        return switch (field.role()) {
            case ID -> 0;
            case ROOM, OWNER, VERSION, DATA -> 1;
            case CREATED_AT -> 2;
            case UPDATED_AT -> 3;
            case ARCHIVED_AT -> 4;
            case DELETED_AT -> 5;
        };
    }

    private FieldModel orderBy(List<FieldModel> fields) {
        String wanted = declared.orderBy();
        if (wanted.isEmpty()) {
            return with(Role.CREATED_AT, fields).or(() -> with(Role.ID, fields)).orElseThrow();
        }
        return fields.stream()
                .filter(field -> field.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> wrong("is ordered by '" + wanted + "', but has no such field: choose one of "
                        + fields.stream().map(FieldModel::name).toList() + "."));
    }

    private static Optional<FieldModel> with(Role role, List<FieldModel> fields) {
        return fields.stream().filter(field -> field.role() == role).findFirst();
    }

    private Misconfiguration wrong(String sentence) {
        return new Misconfiguration(entity.getName() + " " + sentence);
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
