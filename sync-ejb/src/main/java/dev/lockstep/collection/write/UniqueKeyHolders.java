package dev.lockstep.collection.write;

import dev.lockstep.api.EntityId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.FieldModel.Role;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.catalog.TableConstraints.UniqueKey;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks which stored rows have the values of a unique key. Works in the transaction of the entity manager. */
final class UniqueKeyHolders {
    /** Most rows that are looked at. More than one are there only where a condition says which of them count. */
    private static final int LOOKED_AT_MAX = 100;

    private final EntityManager entities;

    UniqueKeyHolders(EntityManager entities) {
        this.entities = entities;
    }

    /** A row that has them. */
    record Holder(EntityId id, boolean deleted) {}

    /** The rows that have the values of a row in a key; none if a field of the key has no value. */
    List<Holder> of(RowImage row, UniqueKey key) {
        CollectionModel model = row.model();
        List<FieldModel> fields = key.fields();
        if (fields.isEmpty() || fields.stream().anyMatch(field -> row.get(field) == null)) {
            return List.of();
        }
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            boolean folded = !key.exact() && fields.get(i).javaType() == String.class;
            conditions.add((folded
                            ? "lower(e." + fields.get(i).attribute() + ")"
                            : "e." + fields.get(i).attribute())
                    + (folded ? " = lower(:value" + i + ")" : " = :value" + i));
        }
        Optional<FieldModel> mark = model.withRole(Role.DELETED_AT);
        String query = "select e." + model.idField().attribute()
                + mark.map(field -> ", e." + field.attribute()).orElse("") + " from "
                + entities.getMetamodel().entity(model.entity()).getName() + " e where "
                + conditions.stream().collect(Collectors.joining(" and "));
        TypedQuery<Tuple> select = entities.createQuery(query, Tuple.class).setMaxResults(LOOKED_AT_MAX);
        for (int i = 0; i < fields.size(); i++) {
            select.setParameter("value" + i, Objects.requireNonNull(row.get(fields.get(i))));
        }
        return select.getResultList().stream()
                .map(found ->
                        new Holder(new EntityId(found.get(0, String.class)), mark.isPresent() && found.get(1) != null))
                .toList();
    }
}
