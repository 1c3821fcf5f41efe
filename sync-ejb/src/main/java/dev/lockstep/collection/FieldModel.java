package dev.lockstep.collection;

import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.ScopeColumn;
import dev.lockstep.api.entity.SendAs;
import dev.lockstep.collection.value.FieldType;
import dev.lockstep.collection.value.JsonText;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One field of a collection's rows: its name on the wire, its type, and who fills it. Immutable. */
public final class FieldModel {
    /** What a field is for. Only {@link #DATA} is the client's to write. */
    public enum Role {
        ID,
        ROOM,
        OWNER,
        CREATED_AT,
        UPDATED_AT,
        ARCHIVED_AT,
        DELETED_AT,
        VERSION,
        DATA
    }

    private final Class<?> entity;
    private final Field javaField;
    private final String name;
    private final String jsonKey;
    private final Role role;
    private final FieldType<?> type;
    private final FieldAccess rights;
    private final boolean required;
    private final boolean room;
    private final boolean scope;

    FieldModel(
            Class<?> entity,
            Field javaField,
            String name,
            Role role,
            FieldType<?> type,
            FieldAccess rights,
            boolean required) {
        this.entity = entity;
        this.javaField = javaField;
        this.name = name;
        this.jsonKey = jsonKey(name);
        this.role = role;
        this.type = type;
        this.rights = rights;
        this.required = required;
        this.room = javaField.isAnnotationPresent(RoomColumn.class);
        this.scope = javaField.isAnnotationPresent(ScopeColumn.class);
        javaField.setAccessible(true);
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

    /** The name of the Java attribute, as queries write it. */
    public String attribute() {
        return javaField.getName();
    }

    public Role role() {
        return role;
    }

    public FieldType<?> type() {
        return type;
    }

    /** The name of its column. */
    public String column() {
        return TableNames.column(entity, javaField);
    }

    /** Whether nothing but JPA's own rules say how it is stored, and it is stored on insert and update. */
    public boolean isPlain() {
        Column column = javaField.getAnnotation(Column.class);
        return (column == null || (column.insertable() && column.updatable()))
                && !javaField.isAnnotationPresent(Convert.class)
                && !ProviderAnnotations.on(javaField);
    }

    /** Whether its numbers travel as texts. */
    boolean isSentAsText() {
        return annotation(SendAs.class)
                .filter(form -> form.value() == SendAs.Form.TEXT)
                .isPresent();
    }

    /** What JPA or the application says of it besides. */
    public <A extends Annotation> Optional<A> annotation(Class<A> type) {
        return Optional.ofNullable(javaField.getAnnotation(type));
    }

    /** Digits after the point beyond which a decimal is refused; empty if the field does not say. */
    public Optional<Integer> declaredScale() {
        return annotation(Column.class)
                .filter(column -> column.precision() > 0 || column.scale() > 0)
                .map(Column::scale);
    }

    /** What the field says of a parent row, if it holds the id of one. */
    Optional<BelongsTo> belongsTo() {
        return Optional.ofNullable(javaField.getAnnotation(BelongsTo.class));
    }

    /** Whether it holds the name of the row's room. */
    public boolean isRoom() {
        return room;
    }

    /** Whether it holds the row's scope. */
    public boolean isScope() {
        return scope;
    }

    /** Whether clients see it. */
    public boolean isSent() {
        return rights.sent();
    }

    /** Whether clients may give it a value in a new row. */
    public boolean isWrittenByInserts() {
        return rights.isWrittenByInserts();
    }

    /** Whether clients may give it another value; of a room, whether they may move rows. */
    public boolean isWrittenByUpdates() {
        return rights.isWrittenByUpdates();
    }

    /** The Java class of its values. */
    public Class<?> javaType() {
        return javaField.getType();
    }

    /** Whether it holds moments. */
    public boolean isTime() {
        return javaType() == Instant.class;
    }

    /** Whether it holds days. */
    public boolean isDate() {
        return javaType() == LocalDate.class;
    }

    /** Whether {@code null} is no value for it. */
    public boolean isRequired() {
        return required;
    }

    /** Whether a stored row may have none. Constraints say so of new values only, so the column's own word counts. */
    public boolean mayBeNull() {
        Column column = javaField.getAnnotation(Column.class);
        return role != Role.ID && !javaField.getType().isPrimitive() && (column == null || column.nullable());
    }

    @Nullable
    Object get(Object entity) {
        try {
            return javaField.get(entity);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(javaField + " is not readable", e);
        }
    }

    public void set(Object entity, @Nullable Object value) {
        try {
            javaField.set(entity, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(javaField + " is not writable", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
