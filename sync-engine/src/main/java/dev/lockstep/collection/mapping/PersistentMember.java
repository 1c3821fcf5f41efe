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

    /** The path to it in queries. */
    default String path() {
        return getName();
    }

    /** The form of its values, if it is an id of several columns. */
    default Optional<KeyType> key() {
        return Optional.empty();
    }

    /** Its place among the parts of an id of several columns; -1 if it is none. */
    default int part() {
        return -1;
    }

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

    /** An attribute of rows that is no field and no getter of the entity, and has no annotations. */
    abstract class Derived implements PersistentMember {
        private final Class<?> declaring;
        private final String name;
        private final Class<?> type;

        Derived(Class<?> declaring, String name, Class<?> type) {
            this.declaring = declaring;
            this.name = name;
            this.type = type;
        }

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
            return type;
        }

        @Override
        public Type genericType() {
            return type;
        }

        @Override
        public AnnotatedElement element() {
            return type;
        }

        @Override
        public <A extends Annotation> Optional<A> annotation(Class<A> wanted) {
            return Optional.empty();
        }
    }
}
