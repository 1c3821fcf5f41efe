package dev.lockstep.collection;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Set;

/**
 * Annotations of the persistence provider's own. They are known by their package, so that no class of the provider is
 * needed to deploy.
 */
final class ProviderAnnotations {
    private static final String HIBERNATE = "org.hibernate.annotations.";

    /** Those that change no value: about generated tables, caches and SQL. */
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
     * Whether an annotation of the provider, or one made of such, may have a class, a field or a method stored otherwise
     * than it is written.
     */
    static boolean changeRows(AnnotatedElement element) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            boolean harmless = isProviders(annotation)
                    && HARMLESS.contains(annotation.annotationType().getSimpleName());
            if (!harmless && (isProviders(annotation) || isMadeOfProviders(annotation))) {
                return true;
            }
        }
        return false;
    }

    /** Whether it has any annotation of the provider, or one made of such. */
    static boolean on(AnnotatedElement element) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            if (isProviders(annotation) || isMadeOfProviders(annotation)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMadeOfProviders(Annotation annotation) {
        for (Annotation meta : annotation.annotationType().getAnnotations()) {
            if (isProviders(meta)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isProviders(Annotation annotation) {
        return annotation.annotationType().getName().startsWith(HIBERNATE);
    }
}
