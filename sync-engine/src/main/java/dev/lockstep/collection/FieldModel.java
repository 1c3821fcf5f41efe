package dev.lockstep.collection;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.ScopeColumn;
import dev.lockstep.api.entity.SendAs;
import dev.lockstep.collection.mapping.Attribute;
import dev.lockstep.collection.mapping.FieldAccess;
import dev.lockstep.collection.mapping.IdType;
import dev.lockstep.collection.mapping.KeyType;
import dev.lockstep.collection.mapping.ProviderAnnotations;
import dev.lockstep.collection.mapping.Relation;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.collection.mapping.TableNames;
import dev.lockstep.collection.value.FieldComparison;
import dev.lockstep.collection.value.FieldType;
import dev.lockstep.collection.value.JsonText;
import dev.lockstep.collection.value.ObjectPatch;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.JoinColumn;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One field of a collection's rows: its name on the wire, its type, and its access. Immutable. */
public final class FieldModel {
    private final Class<?> entity;
    private final Attribute attribute;
    private final String name;
    private final String jsonKey;
    private final Role role;
    private final FieldType<?> type;
    private final FieldAccess access;
    private final boolean required;
    private final boolean room;
    private final boolean scope;
    private final boolean elementCollection;
    private final Optional<IdType> idType;

    /** @param entity the entity of the collection, or the subclass that has the field */
    public FieldModel(
            Class<?> entity,
            Attribute attribute,
            String name,
            Role role,
            FieldType<?> type,
            FieldAccess access,
            boolean required) {
        this.entity = entity;
        this.attribute = attribute;
        this.name = name;
        this.jsonKey = jsonKey(name);
        this.role = role;
        this.type = type;
        this.access = access;
        this.required = required;
        this.room = attribute.has(RoomColumn.class);
        this.scope = attribute.has(ScopeColumn.class);
        this.elementCollection = attribute.isElementCollection();
        this.idType = IdType.of(attribute.type());
    }

    /** The field's name on the wire. */
    public String name() {
        return name;
    }

    private static String jsonKey(String name) {
        JsonText json = new JsonText();
        json.string(name);
        return json.raw(":").toString();
    }

    /** The name as the key of a JSON object, with its colon. */
    String jsonKey() {
        return jsonKey;
    }

    /** The path to the value in queries: the name of the Java attribute, for a relation with that of the other id. */
    public String attribute() {
        return attribute.path();
    }

    /** Whether its values are in a table of their own, where they are read after the row. */
    public boolean isElementCollection() {
        return elementCollection;
    }

    /** The value of a row that has none. */
    public @Nullable Object absent() {
        return elementCollection ? List.of() : null;
    }

    /** The form of its values, if it is an id of several columns. */
    public Optional<KeyType> key() {
        return attribute.key();
    }

    /** Its place among the parts of the row's id; -1 if it is none, or if the id is one column. */
    public int keyPart() {
        return attribute.part();
    }

    /** The value of an id in Java; empty if no row can have the id. */
    public Optional<Object> idValue(String text) {
        return key().map(ids -> ids.read(text)).orElseGet(() -> idType().read(text));
    }

    /** The id with this value in Java. */
    EntityId idOf(Object value) {
        return key().map(ids -> new EntityId(ids.write(value))).orElseGet(() -> idType().write(value));
    }

    /**
     * The expression for its values over an entity {@code e} in queries; of a collection in a table of its own, a constant
     * in their place.
     */
    public String selected() {
        if (elementCollection) {
            return "0";
        }
        return isSubtype() ? "type(e)" : isIdClass() ? "id(e)" : "e." + attribute.path();
    }

    /** Whether it is an id for which the entity has no attribute of its own. */
    private boolean isIdClass() {
        return key().isPresent() && !attribute.path().equals(attribute.name());
    }

    /** Whether it shows the class of a row. */
    public boolean isSubtype() {
        return attribute.type() == Class.class;
    }

    /** The class that declares it. */
    public Class<?> declaring() {
        return attribute.declaring();
    }

    /** Whether rows of a class have it. */
    public boolean isOf(Class<?> rowClass) {
        return attribute.declaring().isAssignableFrom(rowClass);
    }

    /** The class with the constraints of its values: the entity, or the subclass that has the field. */
    public Class<?> owner() {
        return entity;
    }

    /** The name of the Java attribute. */
    public String property() {
        return attribute.name();
    }

    /** The class of the row whose id it contains; empty if it is no relation. */
    public Optional<Class<?>> relation() {
        return attribute.relation().map(Relation::target);
    }

    public Role role() {
        return role;
    }

    public FieldType<?> type() {
        return type;
    }

    /** The name of the column. */
    public String column() {
        return TableNames.column(entity, attribute);
    }

    /** Whether the field is stored by JPA's own rules only, on insert and on update. */
    public boolean isPlain() {
        return attribute
                        .annotation(Column.class)
                        .filter(column -> !column.insertable() || !column.updatable())
                        .isEmpty()
                && attribute
                        .annotation(JoinColumn.class)
                        .filter(column -> !column.insertable() || !column.updatable())
                        .isEmpty()
                && !isConverted();
    }

    /** Whether a converter or the JPA provider stores other values than those of the field. */
    public boolean isConverted() {
        return attribute.has(Convert.class)
                || ProviderAnnotations.on(attribute.element())
                || ProviderConversions.has(attribute.declaring(), attribute.name());
    }

    /** Whether its numbers are sent as texts. */
    boolean isSentAsText() {
        return annotation(SendAs.class)
                .filter(form -> form.value() == SendAs.Form.TEXT)
                .isPresent();
    }

    /** An annotation of the field. */
    public <A extends Annotation> Optional<A> annotation(Class<A> type) {
        return attribute.annotation(type);
    }

    /** The largest number of digits after the point, for decimals that declare it. */
    public Optional<Integer> declaredScale() {
        return annotation(Column.class)
                .filter(column -> column.precision() > 0 || column.scale() > 0)
                .map(Column::scale);
    }

    /** The declaration of a parent row, if the field has one. */
    Optional<BelongsTo> belongsTo() {
        return attribute.annotation(BelongsTo.class);
    }

    /** Whether the field contains the name of the row's room. */
    public boolean isRoom() {
        return room;
    }

    /** Whether the field contains the row's scope. */
    public boolean isScope() {
        return scope;
    }

    /** Whether clients receive the field. */
    public boolean isSent() {
        return access.sent();
    }

    /** Whether clients may set the field in a new row. */
    public boolean isWrittenByInserts() {
        return access.isWrittenByInserts();
    }

    /** Whether clients may change the field; for a room column, whether they may move rows. */
    public boolean isWrittenByUpdates() {
        return access.isWrittenByUpdates();
    }

    /** The Java type of its values. */
    public Class<?> javaType() {
        return attribute.type();
    }

    /** The type of the ids that its values are, for an id of one column or a reference. */
    public IdType idType() {
        return idType.orElseThrow();
    }

    /** Whether the database makes its values. */
    public boolean isGenerated() {
        return attribute.has(GeneratedValue.class);
    }

    /**
     * How the database compares its values as clients do; empty if it does not. Ids of other rows are only equal or not: their
     * order has no meaning to clients, which see texts.
     */
    public Optional<FieldComparison> comparison() {
        return belongsTo().isPresent() || relation().isPresent()
                ? Optional.of(FieldComparison.EQUALITY)
                : FieldComparison.of(javaType());
    }

    /** Whether its values are timestamps. */
    public boolean isTime() {
        return javaType() == Instant.class;
    }

    /** Whether its values are dates. */
    public boolean isDate() {
        return javaType() == LocalDate.class;
    }

    /** Whether {@code null} is not allowed. */
    public boolean isRequired() {
        return required;
    }

    /** Whether a stored row may contain NULL. Validation covers only new values, so the column's declaration decides. */
    public boolean mayBeNull() {
        return role != Role.ID
                && keyPart() < 0
                && !attribute.type().isPrimitive()
                && attribute
                        .annotation(Column.class)
                        .filter(column -> !column.nullable())
                        .isEmpty()
                && attribute.relation().filter(Relation::required).isEmpty();
    }

    /** The value of a row, read from an entity. */
    public @Nullable Object get(Object entity) {
        if (!attribute.declaring().isInstance(entity)) {
            return null;
        }
        Object value = type.toRow(attribute.get(entity));
        return value == null ? absent() : value;
    }

    /** Sets the value of a row in an entity that is not stored. A patch changes the members that it names. */
    public void set(Object entity, @Nullable Object value) {
        attribute.set(entity, type.toEntity(whole(entity, value)));
    }

    /**
     * Sets the value in an entity that will be stored. A patch changes the members that it names.
     *
     * @param rows finds the object for a class and an id
     */
    public void set(Object entity, @Nullable Object value, BiFunction<Class<?>, Object, Object> rows) {
        attribute.set(entity, type.toEntity(whole(entity, value)), rows);
    }

    private @Nullable Object whole(Object entity, @Nullable Object value) {
        return value instanceof ObjectPatch ? ObjectPatch.applied(value, get(entity)) : value;
    }

    @Override
    public String toString() {
        return name;
    }
}
