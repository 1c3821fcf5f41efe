package dev.lockstep.collection.mapping;

import jakarta.persistence.Id;
import java.lang.annotation.Annotation;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The id of an entity whose id has several columns: an attribute with {@code @EmbeddedId}, or the {@code @IdClass}, for which
 * the entity has no attribute. An id that lacks a part is no id yet. Immutable.
 */
abstract class KeyMember extends PersistentMember.Derived {
    /** The path by which the JPA provider finds the id of an entity with an {@code @IdClass}. */
    static final String OF_CLASS = "{id}";

    private final KeyType key;

    KeyMember(Class<?> declaring, String name, KeyType key) {
        super(declaring, name, key.javaType());
        this.key = key;
    }

    /** The id, with or without all of its parts; null without any. */
    abstract @Nullable Object read(Object entity);

    @Override
    public Optional<KeyType> key() {
        return Optional.of(key);
    }

    @Override
    public boolean has(Class<? extends Annotation> annotation) {
        return annotation == Id.class;
    }

    @Override
    public @Nullable Object get(Object entity) {
        Object id = read(entity);
        return id == null || key.values(id).stream().anyMatch(Objects::isNull) ? null : id;
    }
}
