package dev.lockstep.collection.mapping;

import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Objects that stand for rows which the JPA provider has not loaded. They are of a generated subclass of the entity, and
 * their own fields are empty. They are recognized by a method, so that no class of the provider is needed to deploy.
 * Thread-safe.
 */
public final class LazyReferences {
    private static final ClassValue<Optional<Method>> INITIALIZER = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            try {
                return Optional.of(type.getMethod("getHibernateLazyInitializer"));
            } catch (NoSuchMethodException entity) {
                return Optional.empty();
            }
        }
    };

    private LazyReferences() {}

    /** The entity class of an object's class. */
    public static Class<?> entityClass(Class<?> type) {
        return INITIALIZER.get(type).isPresent() ? entityClass(type.getSuperclass()) : type;
    }

    /** The entity itself, loaded if necessary. */
    public static Object entity(Object row) {
        return ask(row, "getImplementation").orElse(row);
    }

    /** The id of a lazy reference, which is not loaded; empty for an entity itself. */
    static Optional<Object> id(Object row) {
        return ask(row, "getInternalIdentifier");
    }

    private static Optional<Object> ask(Object row, String question) {
        Optional<Method> initializer = INITIALIZER.get(row.getClass());
        if (initializer.isEmpty()) {
            return Optional.empty();
        }
        try {
            Object lazy = initializer.get().invoke(row);
            return Optional.ofNullable(lazy.getClass().getMethod(question).invoke(lazy));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a lazy reference cannot be read", e);
        }
    }
}
