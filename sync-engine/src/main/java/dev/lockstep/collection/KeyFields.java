package dev.lockstep.collection;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.collection.mapping.KeyType;
import dev.lockstep.collection.value.JsonText;
import dev.lockstep.collection.value.ParseResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of ids of several columns in clients' values: an id and the fields of its parts are two forms of the same. */
public final class KeyFields {
    private KeyFields() {}

    /**
     * The values of a new row, completed by the parts of its id.
     *
     * @param id the id that the client has chosen
     * @throws InvalidFields if a part is missing, or the id is none of the collection's
     */
    public static Map<String, @Nullable Object> ofInsert(
            CollectionModel model, Map<String, @Nullable Object> sent, Optional<EntityId> id) throws InvalidFields {
        Optional<KeyType> key = model.idField().key();
        if (key.isEmpty()) {
            return sent;
        }
        Map<String, @Nullable Object> complete = new LinkedHashMap<>(sent);
        if (id.isPresent()) {
            parts(model, key.get(), id.get()).forEach(complete::putIfAbsent);
        }
        List<Issue> missing = new ArrayList<>();
        for (FieldModel field : model.idFields()) {
            if (field.isWrittenByInserts() && complete.get(field.name()) == null) {
                missing.add(new Issue(
                        field.name(),
                        "expected " + field.type().expected()
                                + ", received nothing: name all parts of the id, or the id"));
            }
        }
        if (!missing.isEmpty()) {
            throw new InvalidFields(missing);
        }
        return complete;
    }

    /** The values of the parts as a client sends them, by names on the wire; without the room. */
    private static Map<String, Object> parts(CollectionModel model, KeyType key, EntityId id) throws InvalidFields {
        Optional<Object> value = key.read(id.value());
        if (value.isEmpty()) {
            throw new InvalidFields(List.of(new Issue(
                    model.idField().name(), "expected " + model.idField().type().expected())));
        }
        List<@Nullable Object> values = key.values(value.get());
        Map<String, Object> parts = new LinkedHashMap<>();
        for (FieldModel field : model.idFields()) {
            Object part = field.type().toRow(values.get(field.keyPart()));
            if (part != null && field.isWrittenByInserts()) {
                parts.put(field.name(), sent(field, part));
            }
        }
        return parts;
    }

    private static Object sent(FieldModel field, Object part) {
        JsonText json = new JsonText();
        field.type().write(json, part);
        String text = json.toString();
        return text.startsWith("\"") ? KeyType.partText(part) : (Object) Long.valueOf(text);
    }

    /**
     * Requires that a new row has the id that its client has chosen.
     *
     * @param formed the id that the parts form
     */
    public static void requireSame(CollectionModel model, EntityId formed, Optional<EntityId> chosen)
            throws InvalidFields {
        if (chosen.filter(id -> !id.equals(formed)).isPresent()) {
            throw new InvalidFields(List.of(new Issue(
                    model.idField().name(),
                    "is not the id that the fields " + model.idFields() + " form: name one of both, or the same")));
        }
    }

    /**
     * Requires that an update leaves the parts of the id as they are. An id of no row passes: the update finds none.
     *
     * @param id the id of the row
     */
    public static void requireUnchanged(CollectionModel model, Map<String, @Nullable Object> sent, EntityId id)
            throws InvalidFields {
        Optional<KeyType> key = model.idField().key();
        Optional<Object> value = key.flatMap(ids -> ids.read(id.value()));
        if (key.isEmpty() || value.isEmpty()) {
            return;
        }
        List<Issue> changed = new ArrayList<>();
        for (FieldModel field : model.idFields()) {
            Object part = field.type().toRow(key.get().values(value.get()).get(field.keyPart()));
            if (sent.containsKey(field.name()) && !field.isRoom() && !isSame(field, part, sent.get(field.name()))) {
                changed.add(new Issue(field.name(), "is part of the id, which cannot change"));
            }
        }
        if (!changed.isEmpty()) {
            throw new InvalidFields(changed);
        }
    }

    private static boolean isSame(FieldModel field, @Nullable Object part, @Nullable Object sent) {
        return sent != null
                && field.type().read(sent) instanceof ParseResult.Value read
                && read.java().equals(part);
    }
}
