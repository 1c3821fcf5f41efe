package dev.lockstep.collection.row;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Reference;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Queries over the children of rows, which are deleted with them. Confined to one transaction. */
public final class ChildRows {
    private final EntityManager entities;

    ChildRows(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * The live children of rows of one collection, in any room of these rows; not locked. They stay as they are while
     * their room's row is locked, because no other transaction commits changes to the room then.
     *
     * @param most the read ends after one row more than this; the result is then incomplete
     */
    public List<Child> of(Reference reference, Collection<Parent> parents, int most) {
        List<Child> children = new ArrayList<>();
        List<Object> all = reference
                .parent()
                .idValues(parents.stream().map(Parent::id).distinct().toList());
        Map<String, RoomId> rooms = new HashMap<>();
        parents.forEach(parent -> rooms.put(parent.room().name(), parent.room()));
        for (int from = 0; from < all.size() && children.size() <= most; from += RowConditions.IDS_MAX) {
            List<Object> some = all.subList(from, Math.min(all.size(), from + RowConditions.IDS_MAX));
            childQuery(reference, some, rooms.keySet())
                    .setMaxResults(most + 1 - children.size())
                    .getResultList()
                    .stream()
                    .map(row -> child(reference, row, rooms))
                    .forEach(children::add);
        }
        return children;
    }

    /** A row with the id of its parent. */
    public record Child(Parent row, EntityId parent) {}

    private static Child child(Reference reference, Tuple row, Map<String, RoomId> rooms) {
        CollectionModel model = reference.child();
        RoomId room = model.roomField()
                .map(column -> rooms.get(String.valueOf(row.get(2))))
                .orElse(RoomId.shared(model.application()));
        return new Child(
                new Parent(model, model.idOf(row.get(0)), room),
                reference.parent().idOf(row.get(1)));
    }

    private TypedQuery<Tuple> childQuery(Reference reference, List<Object> parents, Set<String> rooms) {
        CollectionModel model = reference.child();
        String parent = "e." + reference.field().attribute();
        Optional<String> room = model.roomField().map(column -> "e." + column.attribute());
        String query = "select " + model.idField().selected() + ", " + parent
                + room.map(column -> ", " + column).orElse("") + " from " + RowConditions.entityName(entities, model)
                + " e where " + parent
                + " in :parents" + RowConditions.live(model)
                + room.map(column -> " and " + column + " in :rooms").orElse("");
        TypedQuery<Tuple> children = entities.createQuery(query, Tuple.class).setParameter("parents", parents);
        room.ifPresent(column -> children.setParameter("rooms", model.roomValues(rooms)));
        return children;
    }

    /**
     * The live children of rows of one room, as managed entities; only those in that room.
     *
     * @param most the read ends after one row more than this; the result is then incomplete
     */
    public List<?> entitiesOf(Reference reference, List<EntityId> parents, String room, int most) {
        CollectionModel model = reference.child();
        if (!RowConditions.hasRoom(model, room)) {
            return List.of();
        }
        String query = "select e from " + RowConditions.entityName(entities, model) + " e where e."
                + reference.field().attribute() + " in :parents" + RowConditions.live(model)
                + RowConditions.inRoom(model) + " order by " + model.idField().selected();
        List<Object> children = new ArrayList<>();
        for (int from = 0; from < parents.size() && children.size() <= most; from += RowConditions.IDS_MAX) {
            List<EntityId> some = parents.subList(from, Math.min(parents.size(), from + RowConditions.IDS_MAX));
            TypedQuery<?> page = entities.createQuery(query, model.entity())
                    .setParameter("parents", reference.parent().idValues(some))
                    .setMaxResults(most + 1 - children.size());
            RowConditions.setRoom(page, model, room);
            children.addAll(page.getResultList());
        }
        return children;
    }
}
