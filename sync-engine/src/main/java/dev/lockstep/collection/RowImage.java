package dev.lockstep.collection;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.collection.identifier.PendingId;
import dev.lockstep.collection.mapping.KeyType;
import dev.lockstep.collection.mapping.LazyReferences;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.collection.value.JsonText;
import dev.lockstep.collection.value.ObjectPatch;
import jakarta.persistence.Persistence;
import jakarta.persistence.PersistenceUtil;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The values of one row at one time, independent of any persistence context. Immutable. */
public final class RowImage {
    /**
     * Most characters of a row as JSON (UTF-16 code units): the length of the log's column on H2, the same on every
     * database. A mutation that would exceed it is refused by the name of the longest field.
     */
    public static final int CHARACTERS_MAX = 1_048_576;

    /** Most characters in JSON of one character of a text. */
    private static final int ESCAPED_CHARACTERS_MAX = 6;

    private final CollectionModel model;
    private final @Nullable Object[] values;

    private final Set<FieldModel> unreadable;

    private RowImage(CollectionModel model, @Nullable Object[] values, Set<FieldModel> unreadable) {
        this.model = model;
        this.values = values;
        this.unreadable = unreadable;
    }

    /** The current values of an entity. */
    public static RowImage of(CollectionModel model, Object row) {
        Object entity = model.subtypes().any() ? LazyReferences.entity(row) : row;
        return ofOwn(
                model, model.fields().stream().map(field -> field.get(entity)).toArray());
    }

    /** The values of an entity that was loaded just now. Collections in tables of their own are empty until they are loaded. */
    public static RowImage ofLoaded(CollectionModel model, Object row) {
        if (model.elementCollections().isEmpty()) {
            return of(model, row);
        }
        Object entity = LazyReferences.entity(row);
        PersistenceUtil loaded = Persistence.getPersistenceUtil();
        return ofOwn(
                model,
                model.fields().stream()
                        .map(field -> field.isElementCollection() && !loaded.isLoaded(entity, field.property())
                                ? field.absent()
                                : field.get(entity))
                        .toArray());
    }

    /** A row with these values as entities hold them, one for each field of the collection. */
    public static RowImage of(CollectionModel model, @Nullable Object[] ofEntity) {
        @Nullable Object[] values = new Object[ofEntity.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = model.fields().get(i).type().toRow(ofEntity[i]);
        }
        return ofOwn(model, values);
    }

    private static RowImage ofOwn(CollectionModel model, @Nullable Object[] values) {
        model.storage().shorten(model.fields(), values);
        return new RowImage(model, values, Set.of());
    }

    /** A copy in which the stored values of these fields are unreadable: they are shown as {@code null}. */
    public RowImage withUnreadable(Collection<FieldModel> fields) {
        Set<FieldModel> all = new HashSet<>(unreadable);
        all.addAll(fields);
        return new RowImage(model, values.clone(), all);
    }

    /** Whether the stored value of any field is unreadable. */
    public boolean isUnreadable() {
        return !unreadable.isEmpty();
    }

    /** The primitive fields without a value. */
    public List<FieldModel> missing() {
        List<FieldModel> missing = List.of();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null
                    && model.fields().get(i).javaType().isPrimitive()
                    && has(model.fields().get(i))) {
                missing = missing.isEmpty() ? new ArrayList<>() : missing;
                missing.add(model.fields().get(i));
            }
        }
        return missing;
    }

    /** The values in which this row differs from an earlier image of it. */
    public Map<FieldModel, @Nullable Object> changesSince(RowImage earlier) {
        Map<FieldModel, @Nullable Object> changes = new LinkedHashMap<>();
        for (FieldModel field : model.fields()) {
            if (!Objects.equals(get(field), earlier.get(field))) {
                changes.put(field, get(field));
            }
        }
        return changes;
    }

    /** The row's collection. */
    public CollectionModel model() {
        return model;
    }

    /**
     * The row's id; a preliminary one, if the database has not made it yet.
     *
     * @throws NullPointerException if the row has none yet
     */
    public EntityId id() {
        Object value = Objects.requireNonNull(get(model.idField()), "the row has no id yet");
        return value instanceof PendingId pending ? pending.id() : model.idOf(value);
    }

    /** Whether the row is soft-deleted. */
    public boolean isDeleted() {
        return model.withRole(Role.DELETED_AT).map(this::get).isPresent();
    }

    /** The row's room; the shared one for a row that {@link #hasRoom has none}. */
    public RoomId room() {
        return model.roomField()
                .flatMap(field -> roomNamed(model, get(field)))
                .orElse(RoomId.shared(model.application()));
    }

    /** The room of a collection's rows with this value in the room's column; empty if that is no name of a room. */
    public static Optional<RoomId> roomNamed(CollectionModel model, @Nullable Object value) {
        if (value == null || value.toString().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RoomId(model.application(), value.toString()));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    /**
     * Whether the row is in a room, or needs none. Application code and other programs may leave the room's column NULL or
     * empty, or store a text that is too long: no client sees such a row until it has a room.
     */
    public boolean hasRoom() {
        return model.roomField()
                .map(field -> roomNamed(model, get(field)).isPresent())
                .orElse(true);
    }

    /** Whether the row is in the room of this name. Rows of single-tenant collections are in every room. */
    public boolean isIn(String room) {
        return model.roomField().map(field -> room.equals(get(field))).orElse(true);
    }

    /** The row's scope; empty if it has none. */
    public Optional<String> scope() {
        return model.scope().map(this::get).map(String.class::cast);
    }

    /**
     * A new row as it is stored, with id, room and timestamps.
     *
     * @param id preliminary, where the database makes the ids
     */
    public RowImage inserted(EntityId id, String room, Instant stamp) {
        return with(
                        Role.ID,
                        model.generatesIds()
                                ? new PendingId(id)
                                : model.idValue(id).orElseThrow())
                .with(Role.ROOM, room)
                .with(Role.CREATED_AT, createdAt(stamp))
                .with(Role.UPDATED_AT, stamp);
    }

    /** The time of the insert: the stamp, unless clients may set the time and did. */
    Instant createdAt(Instant stamp) {
        return model.withRole(Role.CREATED_AT)
                .filter(FieldModel::isWrittenByInserts)
                .map(this::get)
                .map(given -> ((Instant) given).truncatedTo(ChronoUnit.MICROS))
                .orElse(stamp);
    }

    /** The id from the composite key; empty if a key field has no text, or without a composite key. */
    public Optional<EntityId> compositeId() {
        if (model.compositeKey().isEmpty()) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> key = new HashMap<>();
        model.fields().forEach(field -> key.put(field.name(), get(field)));
        return model.compositeId(key);
    }

    /**
     * The id of a new row, if its id has several columns; empty otherwise.
     *
     * @param room the name of the row's room
     * @throws InvalidFields if the id is too long
     */
    public Optional<EntityId> idOfParts(String room) throws InvalidFields {
        Optional<KeyType> key = model.idField().key();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        RowImage placed = with(Role.ROOM, room);
        List<@Nullable Object> parts = new ArrayList<>();
        model.idFields().forEach(field -> parts.add(field.type().toEntity(placed.get(field))));
        String id = key.get().write(key.get().make(parts));
        if (id.length() > EntityId.CHARACTERS_MAX) {
            throw new InvalidFields(List.of(new Refusal.Issue(
                    model.idField().name(),
                    "is too long: the fields " + model.idFields() + " form a text of " + id.length()
                            + " characters, at most " + EntityId.CHARACTERS_MAX)));
        }
        return Optional.of(new EntityId(id));
    }

    EntityId requireCompositeId() {
        return compositeId()
                .orElseThrow(() -> new IllegalStateException(
                        "a row of '" + model.name() + "' needs a text in each of " + model.compositeKey()));
    }

    /** A copy with this owner, where the collection has owners. */
    public RowImage ownedBy(Optional<String> subject) {
        return with(Role.OWNER, subject.orElse(null));
    }

    /** The row's owner; empty if it has none. */
    public Optional<String> owner() {
        return model.withRole(Role.OWNER).map(this::get).map(String.class::cast);
    }

    /** A copy with some values changed. */
    public RowImage changed(Map<FieldModel, @Nullable Object> changes, Instant stamp) {
        RowImage next = copy();
        changes.forEach((field, value) -> {
            if (has(field)) {
                next.put(field, ObjectPatch.applied(value, get(field)));
            }
        });
        model.storage().shorten(model.fields(), next.values);
        return next.with(Role.UPDATED_AT, stamp);
    }

    /** A copy in another room. */
    public RowImage movedTo(RoomId room) {
        return with(Role.ROOM, room.name());
    }

    /** An archived copy; not archived, if the time is empty. */
    public RowImage archived(Optional<Instant> at, Instant stamp) {
        return with(Role.ARCHIVED_AT, at.orElse(null)).with(Role.UPDATED_AT, stamp);
    }

    /** A copy without the value of a field. */
    public RowImage without(FieldModel field) {
        RowImage next = copy();
        next.put(field, null);
        return next;
    }

    /** A copy without the values of some fields. */
    public RowImage without(Collection<FieldModel> fields) {
        RowImage next = copy();
        fields.forEach(field -> next.put(field, null));
        return next;
    }

    /** A soft-deleted copy. */
    public RowImage deleted(Instant stamp) {
        return with(Role.DELETED_AT, stamp);
    }

    /** The names of the sent fields in which this row differs from an earlier image of it, in JSON order. */
    public List<String> changedSince(RowImage earlier) {
        List<String> names = new ArrayList<>();
        for (FieldModel field : model.fields()) {
            if (field.isSent() && !Objects.equals(get(field), earlier.get(field))) {
                names.add(field.name());
            }
        }
        return names;
    }

    /** Whether the row's class has a field. */
    private boolean has(FieldModel field) {
        return !model.subtypes().any()
                || field.isOf(model.entity())
                || model.subtypes()
                        .type(values[model.fields().indexOf(model.subtypeField().orElseThrow())])
                        .filter(field::isOf)
                        .isPresent();
    }

    /** A new entity of the row's class, without values. */
    public Object newEntity() {
        return model.newEntity(model.subtypeField().map(this::get).orElse(null));
    }

    /** The row as clients receive it. */
    public Row row() {
        JsonText json = new JsonText();
        String before = "{";
        for (int i = 0; i < values.length; i++) {
            FieldModel field = model.fields().get(i);
            if (field.isSent() && has(field)) {
                write(json.raw(before).raw(field.jsonKey()), field, values[i]);
                before = ",";
            }
        }
        return new Row(model.name(), id(), json.raw("}").toString());
    }

    private static void write(JsonText json, FieldModel field, @Nullable Object value) {
        if (value instanceof PendingId pending) {
            json.string(pending.id().value());
        } else {
            field.type().writeNullable(json, value);
        }
    }

    /** The longest text of a row that exceeds {@link #CHARACTERS_MAX}; empty if the row does not. */
    public Optional<FieldModel> tooLong() {
        long texts = 0;
        int longest = 0;
        FieldModel field = model.idField();
        for (int i = 0; i < values.length; i++) {
            int length = model.fields().get(i).type().characters(values[i]);
            texts += length;
            if (length > longest) {
                longest = length;
                field = model.fields().get(i);
            }
        }
        // The JSON of most rows is far below the limit and need not be produced for the check.
        return texts * ESCAPED_CHARACTERS_MAX > CHARACTERS_MAX / 2
                        && row().json().length() > CHARACTERS_MAX
                ? Optional.of(field)
                : Optional.empty();
    }

    /** Whether the row has this version. */
    public boolean hasVersion(Object version) {
        return model.withRole(Role.VERSION).map(this::get).equals(Optional.of(version));
    }

    /** Whether the database has not made the row's id yet. */
    public boolean isPending() {
        return get(model.idField()) instanceof PendingId;
    }

    /** A copy with the id that the database has made. */
    public RowImage identified(EntityId id) {
        return with(Role.ID, model.idValue(id).orElseThrow());
    }

    /**
     * Sets the values of an entity that differ, except its version and a generated id, which the JPA provider sets.
     *
     * @param rows finds the referenced object for a class and an id
     */
    public void writeTo(Object entity, BiFunction<Class<?>, Object, Object> rows) {
        boolean changes = false;
        for (int i = 0; i < values.length; i++) {
            FieldModel field = model.fields().get(i);
            // An equal value is left as it is: the provider would take another object of a collection for a change.
            if (field.role() != Role.VERSION
                    && field.key().isEmpty() // its parts are written
                    && has(field)
                    && !(values[i] instanceof PendingId)
                    && !Objects.equals(values[i], field.get(entity))) {
                field.set(entity, values[i], rows);
                changes = true;
            }
        }
        if (changes) {
            renewCalendars(entity, rows);
        }
    }

    /**
     * Sets the calendars of a changed entity again. The persistence provider stores a calendar by its own time zone, and gives
     * those that it loads the JVM's, though the columns are in UTC: it would store an unchanged one shifted.
     */
    private void renewCalendars(Object entity, BiFunction<Class<?>, Object, Object> rows) {
        for (int i = 0; i < values.length; i++) {
            FieldModel field = model.fields().get(i);
            if (field.javaType() == Calendar.class && has(field) && values[i] != null) {
                field.set(entity, values[i], rows);
            }
        }
    }

    @Nullable
    public Object get(FieldModel field) {
        return values[model.fields().indexOf(field)];
    }

    private RowImage with(Role role, @Nullable Object value) {
        RowImage next = copy();
        model.withRole(role).ifPresent(field -> next.put(field, value));
        return next;
    }

    private RowImage copy() {
        return new RowImage(model, values.clone(), unreadable);
    }

    private void put(FieldModel field, @Nullable Object value) {
        values[model.fields().indexOf(field)] = value;
    }
}
