package dev.lockstep.collection.mapping;

import jakarta.persistence.Id;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The id of an entity whose id has several columns: an attribute with {@code @EmbeddedId}, or the {@code @IdClass}, for which
 * the entity has no attribute. An id that lacks a part is no id yet. Immutable.
 */
abstract class KeyMember implements PersistentMember {
    /** The path by which the JPA provider finds the id of an entity with an {@code @IdClass}. */
    static final String OF_CLASS = "{id}";

    private final Class<?> declaring;
    private final String name;
    private final KeyType key;

    KeyMember(Class<?> declaring, String name, KeyType key) {
        this.declaring = declaring;
        this.name = name;
        this.key = key;
    }

    /** The id, with or without all of its parts; null without any. */
    abstract @Nullable Object read(Object entity);

    @Override
    public Class<?> declaring() {
        return declaring;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isProperty() {
        return false;
    }

    @Override
    public Class<?> getType() {
        return key.javaType();
    }

    @Override
    public Type genericType() {
        return key.javaType();
    }

    @Override
    public Optional<KeyType> key() {
        return Optional.of(key);
    }

    @Override
    public AnnotatedElement element() {
        return key.javaType();
    }

    @Override
    public <A extends Annotation> Optional<A> annotation(Class<A> wanted) {
        return Optional.empty();
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
