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

    /** The provider's code of the SQL type JSON. */
    private static final Integer JSON = 3001;

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

    /** Whether the provider stores an attribute as JSON: {@code @JdbcTypeCode(SqlTypes.JSON)}. */
    public static boolean isJson(AnnotatedElement element) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (isOfProvider(annotation) && type.getSimpleName().equals("JdbcTypeCode")) {
                try {
                    return type.getMethod("value").invoke(annotation).equals(JSON);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(type + " has no value", e);
                }
            }
        }
        return false;
    }

    /** Whether the provider refuses to change the values of an attribute: {@code @NaturalId}, unless it is mutable. */
    public static boolean isFixed(AnnotatedElement element) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (isOfProvider(annotation) && type.getSimpleName().equals("NaturalId")) {
                try {
                    return type.getMethod("mutable").invoke(annotation).equals(false);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(type + " does not say whether it is mutable", e);
                }
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
