package dev.lockstep.examples.sveltetodos;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.handler.CollectionHandler;
import dev.lockstep.api.handler.HandledChange;
import dev.lockstep.api.handler.Handles;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A collection in memory: a restart empties it, and clients see that with the next read. No method needs the id of the change:
 * a repeated change leads to the same rows, because changes of one room are made one after another. For one node.
 */
@ApplicationScoped
@Handles(Reminder.class)
public class RemindersInMemory implements CollectionHandler {
    private final Map<String, String> texts = new LinkedHashMap<>();

    private static Map<String, @Nullable Object> row(String id, String text) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("text", text);
        return row;
    }

    private static String text(Map<String, @Nullable Object> fields, String otherwise) {
        return fields.get("text") instanceof String text ? text : otherwise;
    }

    @Override
    public synchronized List<Map<String, @Nullable Object>> fetch(RoomId room) {
        return texts.entrySet().stream()
                .map(reminder -> row(reminder.getKey(), reminder.getValue()))
                .toList();
    }

    @Override
    public synchronized Map<String, @Nullable Object> create(
            HandledChange change, Map<String, @Nullable Object> fields) {
        String text = text(fields, "");
        texts.put(change.id().value(), text);
        return row(change.id().value(), text);
    }

    @Override
    public synchronized Optional<Map<String, @Nullable Object>> update(
            HandledChange change, Map<String, @Nullable Object> fields) {
        String id = change.id().value();
        return Optional.ofNullable(texts.computeIfPresent(id, (key, text) -> text(fields, text)))
                .map(text -> row(id, text));
    }

    @Override
    public synchronized void delete(HandledChange change) {
        texts.remove(change.id().value());
    }
}
