package dev.lockstep.collection.mapping;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One persistent attribute as the JPA provider accesses it. Immutable. */
interface PersistentMember {
    /** The class that declares it. */
    Class<?> declaring();

    /** The name in Java. */
    String getName();

    /** Whether the provider uses a getter and a setter. */
    boolean isProperty();

    /** The type of its values. */
    Class<?> getType();

    /** The type with its type arguments. */
    Type genericType();

    /** The element with the mapping annotations. */
    AnnotatedElement element();

    /** An annotation of the attribute, wherever it counts. */
    <A extends Annotation> Optional<A> annotation(Class<A> wanted);

    default boolean has(Class<? extends Annotation> annotation) {
        return annotation(annotation).isPresent();
    }

    /** The value in an entity that is no lazy reference. */
    @Nullable
    Object get(Object entity);

    /** Sets the value in an entity that is no lazy reference. */
    void set(Object entity, @Nullable Object value);
}
