package dev.lockstep.collection.write;

import dev.lockstep.api.EntityId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.catalog.TableConstraints.UniqueKey;
import dev.lockstep.collection.mapping.Role;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lookup of the stored rows with the values of a unique key. Works in the transaction of the entity manager. */
final class UniqueKeyHolders {
    /** Most rows of a lookup. There are several only if the key is a partial index. */
    private static final int ROWS_MAX = 100;

    private final EntityManager entities;

    UniqueKeyHolders(EntityManager entities) {
        this.entities = entities;
    }

    /** A row with these values. */
    record Holder(EntityId id, boolean deleted) {}

    /** The rows with the key values of a row; none if one of these values is null. */
    List<Holder> of(RowImage row, UniqueKey key) {
        CollectionModel model = row.model();
        List<FieldModel> fields = key.fields();
        if (fields.isEmpty() || fields.stream().anyMatch(field -> row.get(field) == null)) {
            return List.of();
        }
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            boolean ignoresCase = !key.exact() && fields.get(i).javaType() == String.class;
            conditions.add((ignoresCase
                            ? "lower(e." + fields.get(i).attribute() + ")"
                            : "e." + fields.get(i).attribute())
                    + (ignoresCase ? " = lower(:value" + i + ")" : " = :value" + i));
        }
        Optional<FieldModel> deletedAt = model.withRole(Role.DELETED_AT);
        String query = "select " + model.idField().selected()
                + deletedAt.map(field -> ", e." + field.attribute()).orElse("") + " from "
                + entities.getMetamodel().entity(model.entity()).getName() + " e where "
                + conditions.stream().collect(Collectors.joining(" and "));
        TypedQuery<Tuple> select = entities.createQuery(query, Tuple.class).setMaxResults(ROWS_MAX);
        for (int i = 0; i < fields.size(); i++) {
            select.setParameter(
                    "value" + i, Objects.requireNonNull(fields.get(i).type().toEntity(row.get(fields.get(i)))));
        }
        return select.getResultList().stream()
                .map(found -> new Holder(model.idOf(found.get(0)), deletedAt.isPresent() && found.get(1) != null))
                .toList();
    }
}
