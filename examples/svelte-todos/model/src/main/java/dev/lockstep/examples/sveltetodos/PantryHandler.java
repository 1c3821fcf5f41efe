package dev.lockstep.examples.sveltetodos;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.handler.CollectionHandler;
import dev.lockstep.api.handler.HandledChange;
import dev.lockstep.api.handler.Handles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A collection in a table that the server does not own. */
@ApplicationScoped
@Handles(PantryItem.class)
public class PantryHandler implements CollectionHandler {
    @Inject
    private PantryTable pantry;

    @Override
    public List<Map<String, @Nullable Object>> fetch(RoomId room) {
        return pantry.items();
    }

    @Override
    public Map<String, @Nullable Object> create(HandledChange change, Map<String, @Nullable Object> fields) {
        pantry.once(
                change.mutationId(),
                "insert into pantry.items (id, name, amount) values (?, ?, ?)",
                change.id().value(),
                fields.get("name"),
                fields.getOrDefault("amount", 0L));
        return fetch(change.room(), change.id()).orElseThrow();
    }

    @Override
    public Optional<Map<String, @Nullable Object>> update(HandledChange change, Map<String, @Nullable Object> fields) {
        pantry.once(
                change.mutationId(),
                "update pantry.items set name = coalesce(?, name), amount = coalesce(?, amount) where id = ?",
                fields.get("name"),
                fields.get("amount"),
                change.id().value());
        return fetch(change.room(), change.id());
    }

    @Override
    public void delete(HandledChange change) {
        pantry.once(
                change.mutationId(),
                "delete from pantry.items where id = ?",
                change.id().value());
    }
}
