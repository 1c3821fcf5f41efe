package dev.lockstep.collection.registry;

import dev.lockstep.api.entity.Filterable;
import dev.lockstep.api.entity.Sortable;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.ListFields;
import dev.lockstep.collection.mapping.InvalidMapping;
import jakarta.persistence.Lob;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reader of the annotations that name the fields by which lists are filtered and sorted. */
final class DeclaredLists {
    private DeclaredLists() {}

    /**
     * Reads the annotations of an entity and its fields.
     *
     * @throws InvalidMapping if a field cannot be filtered or sorted by
     */
    static ListFields of(Class<?> entity, List<FieldModel> fields) {
        return new ListFields(
                names(entity, fields, Filterable.class, Filterable::value),
                names(entity, fields, Sortable.class, Sortable::value));
    }

    private static <A extends Annotation> Set<String> names(
            Class<?> entity, List<FieldModel> fields, Class<A> annotation, Function<A, String[]> value) {
        Set<String> names = new LinkedHashSet<>();
        for (FieldModel field : fields) {
            Optional<A> own = field.annotation(annotation);
            if (own.filter(found -> value.apply(found).length > 0).isPresent()) {
                throw new InvalidMapping("has the field '" + field.property() + "' with @"
                        + annotation.getSimpleName() + " of names: names belong on the entity; on a field leave them"
                        + " out.");
            }
            own.ifPresent(found -> names.add(field.name()));
        }
        names.addAll(onEntity(entity, annotation, value));
        for (String name : names) {
            require(fields, annotation, name);
        }
        return names;
    }

    private static <A extends Annotation> List<String> onEntity(
            Class<?> entity, Class<A> annotation, Function<A, String[]> value) {
        List<String> names = new ArrayList<>();
        for (Class<?> type = entity; type != null && type != Object.class; type = type.getSuperclass()) {
            @Nullable A declared = type.getDeclaredAnnotation(annotation);
            if (declared != null) {
                names.addAll(List.of(value.apply(declared)));
            }
        }
        return names;
    }

    private static void require(List<FieldModel> fields, Class<? extends Annotation> annotation, String name) {
        String use = "has @" + annotation.getSimpleName() + " on '" + name + "'";
        FieldModel field = fields.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidMapping(use + ", but no such field: choose from "
                        + fields.stream().map(FieldModel::name).toList() + "."));
        if (!field.isSent()) {
            throw new InvalidMapping(use + ", which clients do not receive: remove the annotation, because a list"
                    + " would show the values.");
        }
        if (field.comparison().isEmpty()
                || field.isConverted()
                || field.annotation(Lob.class).isPresent()) {
            throw new InvalidMapping(use + ", whose stored values the database cannot compare as clients see them:"
                    + " use a text, a number, a boolean, an enum, a UUID, a date or a time, without a converter and"
                    + " without @Lob.");
        }
    }
}
