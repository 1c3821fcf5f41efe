package dev.lockstep.collection.row;

import dev.lockstep.api.EntityId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.mapping.Role;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JPQL statements for rows that cannot be loaded as entities: they contain values that the entity cannot represent. */
final class RowStatements {
    private final EntityManager entities;

    RowStatements(EntityManager entities) {
        this.entities = entities;
    }

    /** Sets some values of a row; a numeric version is incremented. */
    void update(RowImage image, Map<FieldModel, @Nullable Object> changes) {
        CollectionModel model = image.model();
        List<String> assignments = new ArrayList<>();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        changes.forEach((field, value) -> {
            if (field.isElementCollection()) {
                throw new IllegalStateException("the collection '" + field.property()
                        + "' of a row with unreadable values cannot be replaced: update those values first");
            }
            if (field.role() != Role.VERSION) {
                assignments.add("e." + field.property() + " = :value" + values.size());
                values.put(
                        "value" + values.size(), referenced(field, field.type().toEntity(value)));
            }
        });
        if (values.isEmpty()) {
            return;
        }
        model.withRole(Role.VERSION)
                .filter(version -> !version.isTime() && !version.isDate())
                .ifPresent(version ->
                        assignments.add("e." + version.attribute() + " = e." + version.attribute() + " + 1"));
        Query update = entities.createQuery("update " + entityName(model) + " e set " + String.join(", ", assignments)
                        + " where " + model.idField().selected() + " = :id")
                .setParameter("id", image.get(model.idField()));
        values.forEach(update::setParameter);
        update.executeUpdate();
    }

    private @Nullable Object referenced(FieldModel field, @Nullable Object value) {
        return value == null
                ? null
                : field.relation()
                        .<Object>map(target -> entities.getReference(target, value))
                        .orElse(value);
    }

    /** Deletes a row. */
    void delete(CollectionModel model, EntityId id) {
        entities.createQuery("delete from " + entityName(model) + " e where "
                        + model.idField().selected() + " = :id")
                .setParameter("id", model.idValue(id).orElseThrow())
                .executeUpdate();
    }

    private String entityName(CollectionModel model) {
        return entities.getMetamodel().entity(model.entity()).getName();
    }
}
