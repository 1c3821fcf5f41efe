package dev.lockstep.system.probe.handled;

import dev.lockstep.api.Access;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
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
 * Reminders in memory: clients create and delete them, and never change them. The room {@code closed} takes none,
 * a locked till sees none. A reminder may be for a user or for a till.
 */
@ApplicationScoped
@Handles(Reminder.class)
public class RemindersInMemory implements CollectionHandler {
    private final Map<String, Map<String, @Nullable Object>> rows = new LinkedHashMap<>();

    @Override
    public synchronized List<Map<String, @Nullable Object>> fetch(RoomId room) {
        return List.copyOf(rows.values());
    }

    @Override
    public synchronized Map<String, @Nullable Object> create(
            HandledChange change, Map<String, @Nullable Object> fields) {
        return rows.computeIfAbsent(change.id().value(), id -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>(fields);
            row.put("id", id);
            return row;
        });
    }

    @Override
    public synchronized void delete(HandledChange change) {
        rows.remove(change.id().value());
    }

    @Override
    public Optional<Refusal> authorize(Access access) {
        if ("locked".equals(access.caller().claims().get(DeskClaims.TILL))) {
            return Optional.of(new Refusal(ErrorCode.FORBIDDEN, "this till is locked"));
        }
        return access.room().name().equals("closed") && access.operation() == Operation.INSERT
                ? Optional.of(new Refusal(ErrorCode.FORBIDDEN, "this room takes no reminders"))
                : Optional.empty();
    }

    @Override
    public boolean audience(Access access, Map<String, @Nullable Object> row) {
        Object reader = row.get("reader");
        return reader == null
                || reader.equals(access.caller().claims().get(DeskClaims.TILL))
                || access.caller().subject().filter(reader::equals).isPresent();
    }
}
