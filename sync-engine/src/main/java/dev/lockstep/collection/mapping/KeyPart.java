package dev.lockstep.collection.mapping;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One part of an id of several columns, as an attribute of the entity. Immutable. */
final class KeyPart implements PersistentMember {
    private final PersistentMember member;
    private final int index;
    private final @Nullable PersistentMember embedded;
    private final @Nullable KeyType key;

    /** A part that is an attribute of the entity, as with {@code @IdClass}. */
    KeyPart(PersistentMember member, int index) {
        this(member, index, null, null);
    }

    /** A part that is an attribute of the id, as with {@code @EmbeddedId}. */
    KeyPart(PersistentMember member, int index, @Nullable PersistentMember embedded, @Nullable KeyType key) {
        this.member = member;
        this.index = index;
        this.embedded = embedded;
        this.key = key;
    }

    @Override
    public Class<?> declaring() {
        return embedded == null ? member.declaring() : embedded.declaring();
    }

    @Override
    public String getName() {
        return member.getName();
    }

    @Override
    public String path() {
        return embedded == null ? member.path() : embedded.path() + "." + member.path();
    }

    @Override
    public int part() {
        return index;
    }

    @Override
    public boolean isProperty() {
        return member.isProperty();
    }

    @Override
    public Class<?> getType() {
        return member.getType();
    }

    @Override
    public Type genericType() {
        return member.genericType();
    }

    @Override
    public AnnotatedElement element() {
        return member.element();
    }

    @Override
    public <A extends Annotation> Optional<A> annotation(Class<A> wanted) {
        if (wanted == Id.class) {
            return Optional.empty(); // the id is the whole
        }
        Optional<A> overridden = wanted == Column.class ? override().map(wanted::cast) : Optional.empty();
        return overridden.or(() -> member.annotation(wanted));
    }

    private Optional<Column> override() {
        if (embedded != null) {
            for (AttributeOverride each : embedded.element().getAnnotationsByType(AttributeOverride.class)) {
                if (each.name().equals(getName())) {
                    return Optional.of(each.column());
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public @Nullable Object get(Object entity) {
        if (embedded == null) {
            return member.get(entity);
        }
        Object id = embedded.get(entity);
        return id == null ? null : member.get(id);
    }

    @Override
    public void set(Object entity, @Nullable Object value) {
        if (embedded == null || key == null) {
            member.set(entity, value);
            return;
        }
        Object id = embedded.get(entity);
        List<@Nullable Object> values = new ArrayList<>(id == null ? key.initial() : key.values(id));
        values.set(index, value);
        embedded.set(entity, key.make(values));
    }

    @Override
    public String toString() {
        return member.toString();
    }
}
