package dev.lockstep.collection.mapping;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Set;

/**
 * Annotations of the JPA provider. They are recognized by their package, so that no class of the provider is needed to
 * deploy.
 */
public final class ProviderAnnotations {
    private static final String HIBERNATE = "org.hibernate.annotations.";

    /** Annotations that change no value: they concern generated tables, caches and SQL. */
    private static final Set<String> HARMLESS = Set.of(
            "BatchSize",
            "Cache",
            "Check",
            "ColumnDefault",
            "Comment",
            "DynamicUpdate",
            "Index",
            "JdbcTypeCode",
            "NaturalId",
            "NaturalIdCache",
            "Nationalized",
            "OnDelete",
            "TimeZoneStorage");

    private ProviderAnnotations() {}

    /**
     * Whether an annotation of the provider, or one that is composed of such, may change the stored value of a class, a
     * field or a method.
     */
    static boolean changeRows(AnnotatedElement element) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            boolean harmless = isOfProvider(annotation)
                    && HARMLESS.contains(annotation.annotationType().getSimpleName());
            if (!harmless && (isOfProvider(annotation) || isComposedOfProviders(annotation))) {
                return true;
            }
        }
        return false;
    }

    /** Whether an element has any annotation of the provider, or one that is composed of such. */
    public static boolean on(AnnotatedElement element) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            if (isOfProvider(annotation) || isComposedOfProviders(annotation)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isComposedOfProviders(Annotation annotation) {
        for (Annotation meta : annotation.annotationType().getAnnotations()) {
            if (isOfProvider(meta)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfProvider(Annotation annotation) {
        return annotation.annotationType().getName().startsWith(HIBERNATE);
    }
}
