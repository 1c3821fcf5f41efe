package dev.lockstep.odd.oracle;

import dev.lockstep.odd.random.OddCollection;
import dev.lockstep.odd.random.OddField;
import dev.lockstep.odd.random.Rules;
import dev.lockstep.odd.random.Step;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The expected result of a step by the rules of its application alone: the rows after it, and whether they break a
 * rule. Rules apply to a mutation as a whole, not to intermediate rows; but each item's relations name rows that are there
 * (ENT4). For one step.
 */
final class Validity {
    private final List<OddCollection> collections;
    private final Requests requests;
    private final boolean deletedRowsCount;
    private final Map<String, Map<String, Model>> rows = new HashMap<>();
    private final Map<String, Map<String, JsonObject>> deleted = new HashMap<>();
    private boolean idTaken;
    private boolean isOtherRoom;
    private boolean namesNoRow;
    private boolean isOpen;

    /** A row after the step. */
    private record Model(String room, Map<String, JsonValue> values) {}

    /** @param deletedRowsCount whether softly deleted rows still occupy unique values */
    Validity(List<OddCollection> collections, Requests requests, boolean deletedRowsCount) {
        this.collections = collections;
        this.requests = requests;
        this.deletedRowsCount = deletedRowsCount;
    }

    /** Adds a row that exists before the step. */
    void live(OddCollection collection, String room, JsonObject row) {
        of(collection.name()).put(row.getString("id"), new Model(room, new HashMap<>(row)));
    }

    /** Adds a softly deleted row, with its columns. */
    void deleted(OddCollection collection, JsonObject columns) {
        deleted.computeIfAbsent(collection.name(), first -> new HashMap<>()).put(columns.getString("id"), columns);
    }

    /** Whether the step breaks no rule; empty if the server may refuse or ignore it. */
    Optional<Boolean> holdsAfter(Step step) {
        String room = requests.room(step);
        for (Step.Item item : step.items()) {
            String id = requests.id(step.collection(), item.row());
            if (step.inserts()) {
                insert(step.collection(), room, id, item);
            } else if (step.updates()) {
                update(step.collection(), room, id, item);
            } else {
                delete(step.collection().name(), room, id);
            }
        }
        return isOpen
                ? Optional.empty()
                : Optional.of(!idTaken
                        && !isOtherRoom
                        && !namesNoRow
                        && collections.stream().allMatch(this::holds));
    }

    private void insert(OddCollection collection, String room, String id, Step.Item item) {
        boolean chosen = collection.is(OddCollection.Trait.CLIENT_IDS);
        if (chosen && (of(collection.name()).containsKey(id) || isDeleted(collection, id))) {
            idTaken = true;
        }
        isOtherRoom |= collection.is(OddCollection.Trait.ROOM_IS_ID) && !id.equals(room);
        Map<String, JsonValue> values = new HashMap<>(collection.rules().defaults());
        collection.fields().stream()
                .filter(field -> !field.isSent() && field.refersTo() != null)
                .forEach(field ->
                        values.put(field.name(), Json.createValue(field.is(OddField.Option.IS_ID) ? id : room)));
        item.values().forEach((name, value) -> values.put(name, read(value)));
        String key = chosen ? id : "new row " + of(collection.name()).size();
        checkRelations(collection, room, values);
        of(collection.name()).put(key, new Model(room, values));
    }

    private void checkRelations(OddCollection collection, String room, Map<String, JsonValue> values) {
        values.forEach((name, value) -> namesNoRow |= collection
                .field(name)
                .filter(field ->
                        field.is(OddField.Option.RELATION) && !isNone(value) && !refersToRow(field, room, value))
                .isPresent());
    }

    private void update(OddCollection collection, String room, String id, Step.Item item) {
        Model row = of(collection.name()).get(id);
        if (row != null && row.room().equals(room)) {
            Map<String, JsonValue> values = new HashMap<>();
            item.values().forEach((name, value) -> values.put(name, read(value)));
            checkRelations(collection, room, values);
            row.values().putAll(values);
        } else {
            // A null, or a text that is no id, may be refused before the row is looked for.
            isOpen |= item.values().keySet().stream()
                    .anyMatch(name -> collection.rules().required().contains(name)
                            || collection.field(name).orElseThrow().is(OddField.Option.RELATION));
        }
    }

    private void delete(String collection, String room, String id) {
        Model row = of(collection).get(id);
        if (row == null || !row.room().equals(room)) {
            return;
        }
        of(collection).remove(id);
        for (OddCollection child : collections) {
            child.rules().goesWith().forEach(name -> {
                OddField field = child.field(name).orElseThrow();
                if (collection.equals(field.refersTo())) {
                    List<String> children = new ArrayList<>();
                    of(child.name()).forEach((childId, each) -> {
                        if (id.equals(text(each.values().get(name)))) {
                            children.add(childId);
                        }
                    });
                    children.forEach(each -> delete(child.name(), room, each));
                }
            });
        }
    }

    private boolean holds(OddCollection collection) {
        Rules rules = collection.rules();
        Set<String> seen = new HashSet<>();
        if (deletedRowsCount) {
            deleted.getOrDefault(collection.name(), Map.of())
                    .values()
                    .forEach(columns -> rules.uniqueInRoom()
                            .ifPresent(name -> seen.add(columns.getString("room") + "/"
                                    + columns.getString(
                                            collection.field(name).orElseThrow().column()))));
        }
        for (Model row : of(collection.name()).values()) {
            boolean repeated = rules.uniqueInRoom()
                    .filter(name -> !isNone(row.values().get(name))
                            && !seen.add(row.room() + "/" + plain(row.values().get(name))))
                    .isPresent();
            if (repeated || !isComplete(collection, row) || !refersToRows(collection, row)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isComplete(OddCollection collection, Model row) {
        return collection.rules().required().stream()
                        .noneMatch(name -> isNone(row.values().get(name)))
                && collection.rules().least().entrySet().stream()
                        .allMatch(least -> row.values().get(least.getKey()) instanceof JsonNumber number
                                && number.intValue() >= least.getValue());
    }

    private boolean refersToRows(OddCollection collection, Model row) {
        for (OddField field : collection.fields()) {
            JsonValue value = row.values().get(field.name());
            if (value != null && !isNone(value) && !refersToRow(field, row.room(), value)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a value of a field with references names a row; for a relation, one of the room. True of other fields. */
    private boolean refersToRow(OddField field, String room, JsonValue value) {
        String collection = field.refersTo();
        if (collection == null) {
            return true;
        }
        Model other = of(collection).get(text(value));
        return other != null
                && (!field.is(OddField.Option.RELATION) || other.room().equals(room));
    }

    private boolean isDeleted(OddCollection collection, String id) {
        return deleted.getOrDefault(collection.name(), Map.of()).containsKey(id);
    }

    private Map<String, Model> of(String collection) {
        return rows.computeIfAbsent(collection, first -> new HashMap<>());
    }

    private JsonValue read(String json) {
        return Rows.parse("{\"v\":" + requests.resolved(json) + "}").getOrDefault("v", JsonValue.NULL);
    }

    private static boolean isNone(@Nullable JsonValue value) {
        return value == null || value.equals(JsonValue.NULL);
    }

    private static String text(@Nullable JsonValue value) {
        return value instanceof JsonString text ? text.getString() : "";
    }

    private static String plain(@Nullable JsonValue value) {
        return value instanceof JsonString text ? text.getString() : String.valueOf(value);
    }
}
