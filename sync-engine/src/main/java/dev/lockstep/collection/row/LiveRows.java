package dev.lockstep.collection.row;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Queries over the rows of rooms that are not deleted. Confined to one transaction. */
final class LiveRows {
    private final EntityManager entities;

    LiveRows(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * The live rows of a collection in the room of this name, in the collection's order. Read on demand; the caller closes
     * the stream.
     *
     * @param wanted the stream ends after one row more than its limit
     * @param condition a further condition, of the application
     */
    Stream<RowImage> stream(CollectionModel model, String room, ListQuery wanted, Optional<RowCondition> condition) {
        if (!RowConditions.hasRoom(model, room)) {
            return Stream.empty();
        }
        if (!wanted.isPlain() || condition.isPresent()) {
            return ListRows.stream(entities, model, room, wanted, condition);
        }
        return new ReadableRows(entities, model).of(selected -> {
            String select = "select " + ReadableRows.selection(selected) + " from "
                    + RowConditions.entityName(entities, model) + " e";
            TypedQuery<Object[]> query = liveRows(model, room, wanted, select, Object[].class);
            return wanted.rowsMax() < Integer.MAX_VALUE ? query.setMaxResults(wanted.rowsMax() + 1) : query;
        });
    }

    /**
     * Passes the live rows of a collection in some rooms to a reader, in any order; for a collection without rooms, all
     * its live rows.
     *
     * @param key only rows with this key
     * @param rowsMax most rows
     * @return the number of rows; one more than the limit if there are more
     */
    int read(
            CollectionModel model,
            Collection<String> rooms,
            Optional<RowRepository.KeyValue> key,
            int rowsMax,
            Consumer<RowImage> reader) {
        List<Object> all = model.isSingleTenant() ? List.copyOf(rooms) : model.roomValues(rooms);
        int count = 0;
        for (int from = 0; from < all.size() && count <= rowsMax; from += RowConditions.IDS_MAX) {
            List<Object> some = all.subList(from, Math.min(all.size(), from + RowConditions.IDS_MAX));
            int most = rowsMax < Integer.MAX_VALUE ? rowsMax + 1 - count : Integer.MAX_VALUE;
            try (Stream<RowImage> found = new ReadableRows(entities, model).of(selected -> {
                TypedQuery<Object[]> query = inRooms(model, ReadableRows.selection(selected), some, key);
                return most < Integer.MAX_VALUE ? query.setMaxResults(most) : query;
            })) {
                Iterator<RowImage> rows = found.iterator();
                while (rows.hasNext() && count++ < rowsMax) {
                    reader.accept(rows.next());
                }
            }
            if (model.isSingleTenant()) {
                break;
            }
        }
        return count;
    }

    private TypedQuery<Object[]> inRooms(
            CollectionModel model, String selected, List<Object> rooms, Optional<RowRepository.KeyValue> key) {
        Optional<FieldModel> keyField =
                key.map(wanted -> model.named(wanted.name()).orElseThrow());
        Optional<Object> keyValue =
                keyField.flatMap(column -> column.idValue(key.orElseThrow().value()));
        String query = "select " + selected + " from " + RowConditions.entityName(entities, model) + " e where 1 = 1"
                + RowConditions.live(model)
                + model.roomField()
                        .map(column -> " and e." + column.attribute() + " in :rooms")
                        .orElse("")
                + keyField.map(column -> keyValue.isPresent() ? " and " + column.selected() + " = :key" : " and 1 = 0")
                        .orElse("");
        TypedQuery<Object[]> rows = entities.createQuery(query, Object[].class);
        model.roomField().ifPresent(column -> rows.setParameter("rooms", rooms));
        keyValue.ifPresent(value -> rows.setParameter("key", value));
        return rows;
    }

    /** The rooms of live rows. A row in no room is left out. Locks nothing. */
    Map<EntityId, RoomId> rooms(CollectionModel model, Collection<EntityId> ids) {
        String id = model.idField().selected();
        String room =
                model.roomField().map(column -> ", e." + column.attribute()).orElse("");
        String query = "select " + id + room + " from " + RowConditions.entityName(entities, model) + " e where " + id
                + " in :ids"
                + RowConditions.live(model)
                + model.roomField()
                        .map(column -> " and e." + column.attribute() + " is not null")
                        .orElse("");
        List<Object> all = model.idValues(ids);
        Map<EntityId, RoomId> rooms = new HashMap<>();
        for (int from = 0; from < all.size(); from += RowConditions.IDS_MAX) {
            entities.createQuery(query, Tuple.class)
                    .setParameter("ids", all.subList(from, Math.min(all.size(), from + RowConditions.IDS_MAX)))
                    .getResultList()
                    .forEach(row -> (room.isEmpty()
                                    ? Optional.of(RoomId.shared(model.application()))
                                    : RowImage.roomNamed(model, row.get(1)))
                            .ifPresent(found -> rooms.put(model.idOf(row.get(0)), found)));
        }
        return rooms;
    }

    /** All live rows of a room as managed entities. */
    List<?> entities(CollectionModel model, String room) {
        String query = "select e from " + RowConditions.entityName(entities, model) + " e";
        if (!RowConditions.hasRoom(model, room)) {
            return List.of();
        }
        return liveRows(model, room, ListQuery.ALL, query, model.entity()).getResultList();
    }

    private <T> TypedQuery<T> liveRows(
            CollectionModel model, String room, ListQuery wanted, String select, Class<T> type) {
        Optional<FieldModel> scope = wanted.scope().flatMap(name -> model.scope());
        String where = RowConditions.live(model)
                + RowConditions.inRoom(model)
                + scope.map(column -> " and e." + column.attribute() + " = :scope")
                        .orElse("")
                + wanted.after()
                        .map(position -> " and " + ListOrder.after(model, position))
                        .orElse("");
        TypedQuery<T> query =
                entities.createQuery(select + " where 1 = 1" + where + " order by " + ListOrder.of(model), type);
        RowConditions.setRoom(query, model, room);
        scope.ifPresent(column -> query.setParameter("scope", wanted.scope().orElseThrow()));
        wanted.after().ifPresent(position -> ListOrder.setPosition(query, model, position));
        return query;
    }
}
