package dev.lockstep.collection.mapping;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PostUpdate;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Version;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

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
        return attribute
                        .annotation(JoinColumn.class)
                        .filter(column -> !(column.insertable() && column.updatable()))
                        .isPresent()
                || attribute
                        .annotation(Column.class)
                        .filter(column -> !(column.insertable() && column.updatable()))
                        .isPresent()
                || attribute.has(Convert.class)
                || attribute.has(Version.class)
                || ProviderAnnotations.changeRows(attribute.element());
    }
}
