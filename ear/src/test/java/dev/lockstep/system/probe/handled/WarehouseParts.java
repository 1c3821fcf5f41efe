package dev.lockstep.system.probe.handled;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.handler.CollectionHandler;
import dev.lockstep.api.handler.HandledChange;
import dev.lockstep.api.handler.Handles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parts in the table of a warehouse, which belongs to another program. The warehouse puts each part on a shelf. */
@ApplicationScoped
@Handles(Part.class)
public class WarehouseParts implements CollectionHandler {
    @Inject
    private Warehouse warehouse;

    @Override
    public List<Map<String, @Nullable Object>> fetch(RoomId room) {
        return warehouse.parts(room.name());
    }

    @Override
    public Map<String, @Nullable Object> create(HandledChange change, Map<String, @Nullable Object> fields) {
        requireAcceptable(fields);
        warehouse.once(
                change.mutationId(),
                "insert into warehouse.parts (id, site, name, shelf) values (?, ?, ?, ?)",
                change.id().value(),
                change.room().name(),
                fields.get("name"),
                "A" + change.id().value().length());
        return fetch(change.room(), change.id()).orElseThrow();
    }

    @Override
    public Optional<Map<String, @Nullable Object>> update(HandledChange change, Map<String, @Nullable Object> fields) {
        requireAcceptable(fields);
        warehouse.once(
                change.mutationId(),
                "update warehouse.parts set name = ? where site = ? and id = ?",
                fields.get("name"),
                change.room().name(),
                change.id().value());
        return fetch(change.room(), change.id());
    }

    @Override
    public void delete(HandledChange change) {
        warehouse.once(
                change.mutationId(),
                "delete from warehouse.parts where site = ? and id = ?",
                change.room().name(),
                change.id().value());
    }

    private static void requireAcceptable(Map<String, @Nullable Object> fields) {
        if ("too heavy".equals(fields.get("name"))) {
            throw new SyncException(ErrorCode.FORBIDDEN, "the warehouse takes no heavy parts");
        }
        if ("fragile".equals(fields.get("name"))) {
            throw new IllegalStateException("a secret of the warehouse");
        }
    }
}
