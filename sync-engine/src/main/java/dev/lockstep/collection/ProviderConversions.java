package dev.lockstep.collection;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The attributes whose values the JPA provider converts by a converter that no annotation of the attribute names: one with
 * {@code autoApply = true}. Thread-safe.
 */
public final class ProviderConversions {
    private static final ClassValue<Set<String>> ATTRIBUTES = new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> type) {
            return ConcurrentHashMap.newKeySet();
        }
    };

    private ProviderConversions() {}

    /** The provider converts an attribute of an entity class, which may be inherited. */
    public static void add(Class<?> entity, String attribute) {
        for (Class<?> type = entity; type != null && type != Object.class; type = type.getSuperclass()) {
            ATTRIBUTES.get(type).add(attribute);
        }
    }

    static boolean has(Class<?> declaring, String attribute) {
        return ATTRIBUTES.get(declaring).contains(attribute);
    }
}
