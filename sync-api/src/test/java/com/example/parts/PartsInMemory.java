package com.example.parts;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.handler.CollectionHandler;
import dev.lockstep.api.handler.HandledChange;
import dev.lockstep.api.handler.Handles;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
@Handles(Part.class)
public class PartsInMemory implements CollectionHandler {
    private final Map<String, Map<String, @Nullable Object>> rows = new LinkedHashMap<>();
    private final Set<String> made = new HashSet<>(); // the ids of changes; bound it in a store that lives long

    @Override
    public synchronized List<Map<String, @Nullable Object>> fetch(RoomId room) {
        return List.copyOf(rows.values());
    }

    @Override
    public synchronized Map<String, @Nullable Object> create(
            HandledChange change, Map<String, @Nullable Object> fields) {
        if (made.add(change.mutationId())) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>(fields);
            row.put("id", change.id().value());
            rows.put(change.id().value(), row);
        }
        return new LinkedHashMap<>(rows.getOrDefault(change.id().value(), Map.of()));
    }

    @Override
    public synchronized Optional<Map<String, @Nullable Object>> update(
            HandledChange change, Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> row = rows.get(change.id().value());
        if (row == null) {
            return Optional.empty();
        }
        if (made.add(change.mutationId())) {
            row.putAll(fields);
        }
        return Optional.of(new LinkedHashMap<>(row));
    }

    @Override
    public synchronized void delete(HandledChange change) {
        rows.remove(change.id().value());
    }
}
