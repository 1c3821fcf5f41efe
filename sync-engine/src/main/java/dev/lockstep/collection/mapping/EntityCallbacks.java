package dev.lockstep.collection.mapping;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PostUpdate;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Version;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Features of an entity by which the stored row may differ from the written one. */
public final class EntityCallbacks {
    private static final List<Class<? extends Annotation>> CALLBACKS =
            List.of(PrePersist.class, PreUpdate.class, PostPersist.class, PostUpdate.class, PostLoad.class);

    private EntityCallbacks() {}

    /**
     * Each reason in a few words, for the log.
     *
     * @param subclasses the subclasses of the entity
     */
    public static List<String> of(Class<?> entity, List<Attribute> attributes, List<Class<?>> subclasses) {
        List<String> reasons = new ArrayList<>(of(entity, attributes));
        subclasses.forEach(each -> reasons.addAll(of(each, Attributes.ofSubclass(each, entity))));
        return reasons;
    }

    private static List<String> of(Class<?> entity, List<Attribute> attributes) {
        List<String> reasons = new ArrayList<>();
        for (Class<?> type = entity; type != null && type != Object.class; type = type.getSuperclass()) {
            if (type.isAnnotationPresent(EntityListeners.class)) {
                reasons.add("the class " + type.getSimpleName() + " has @EntityListeners");
            }
            if (type.getDeclaredAnnotationsByType(Convert.class).length > 0 || isPartlyWritten(type)) {
                reasons.add(
                        "the annotations of the class " + type.getSimpleName() + " may change values of its fields");
            }
            if (ProviderAnnotations.changeRows(type)) {
                reasons.add("the class " + type.getSimpleName() + " has an annotation of the JPA provider");
            }
            for (Method method : type.getDeclaredMethods()) {
                CALLBACKS.stream()
                        .filter(method::isAnnotationPresent)
                        .map(callback -> "the method " + method.getName() + " has @" + callback.getSimpleName())
                        .forEach(reasons::add);
                if (ProviderAnnotations.changeRows(method)) {
                    reasons.add("the method " + method.getName() + " has an annotation of the JPA provider");
                }
            }
        }
        attributes.stream()
                .filter(Attribute::isElementCollection)
                .forEach(attribute -> reasons.add("the field '" + attribute.name() + "' is in a table of its own"));
        attributes.stream()
                .filter(EntityCallbacks::isTransformed)
                .forEach(attribute ->
                        reasons.add("the annotations of the field '" + attribute.name() + "' may change its values"));
        return reasons;
    }

    private static boolean isTransformed(Attribute attribute) {
        return isPartlyWritten(attribute.element())
                || attribute.element().getAnnotationsByType(Convert.class).length > 0
                || attribute.has(Version.class)
                || ProviderAnnotations.changeRows(attribute.element())
                || (attribute.key().isEmpty()
                        && isEmbedded(attribute)
                        && Attributes.ofEmbedded(attribute.type(), attribute.access()).stream()
                                .anyMatch(EntityCallbacks::isTransformed));
    }

    /** Whether inserts or updates leave out a column, as annotated or overridden. */
    private static boolean isPartlyWritten(AnnotatedElement element) {
        return Stream.of(
                        Stream.of(element.getAnnotationsByType(JoinColumn.class))
                                .map(column -> column.insertable() && column.updatable()),
                        Stream.of(element.getAnnotationsByType(Column.class))
                                .map(column -> column.insertable() && column.updatable()),
                        Stream.of(element.getAnnotationsByType(AttributeOverride.class))
                                .map(AttributeOverride::column)
                                .map(column -> column.insertable() && column.updatable()))
                .flatMap(each -> each)
                .anyMatch(isWritten -> !isWritten);
    }

    private static boolean isEmbedded(Attribute attribute) {
        return attribute.has(Embedded.class) || attribute.type().isAnnotationPresent(Embeddable.class);
    }
}
