package dev.lockstep.mutation.handled;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.handler.CollectionHandler;
import dev.lockstep.api.handler.HandledChange;
import dev.lockstep.api.handler.Handles;
import dev.lockstep.sample.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Tools in a map, with the ids of the changes that were made, as a store that recognizes repeats. */
@Handles(Tool.class)
final class Shed implements CollectionHandler {
    final Map<EntityId, Map<String, @Nullable Object>> rows = new LinkedHashMap<>();
    final Map<String, EntityId> made = new LinkedHashMap<>();
    final List<HandledChange> calls = new ArrayList<>();
    boolean isDown;
    boolean losesAnswer;
    CountDownLatch released = new CountDownLatch(0);

    /** Runs after the rows are read, before they are returned. */
    Runnable whileFetching = () -> {};

    @Override
    public List<Map<String, @Nullable Object>> fetch(RoomId room) {
        List<Map<String, @Nullable Object>> read = read();
        whileFetching.run();
        return read;
    }

    private synchronized List<Map<String, @Nullable Object>> read() {
        requireUp();
        List<Map<String, @Nullable Object>> read = new ArrayList<>();
        rows.values().forEach(row -> read.add(new LinkedHashMap<>(row)));
        return read;
    }

    @Override
    public synchronized Map<String, @Nullable Object> create(
            HandledChange change, Map<String, @Nullable Object> fields) {
        if ("forbidden".equals(fields.get("name"))) {
            throw new SyncException(ErrorCode.INVALID, "The shed has no room for it");
        }
        begin(change);
        if (!made.containsKey(change.mutationId())) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>(fields);
            row.put("id", change.id().value());
            row.put("serial", "s" + (rows.size() + 1)); // the store's own value
            rows.put(change.id(), row);
        }
        return end(change);
    }

    @Override
    public synchronized Optional<Map<String, @Nullable Object>> update(
            HandledChange change, Map<String, @Nullable Object> fields) {
        begin(change);
        if (!rows.containsKey(change.id())) {
            return Optional.empty();
        }
        if (!made.containsKey(change.mutationId())) {
            rows.get(change.id()).putAll(fields);
        }
        return Optional.of(end(change));
    }

    @Override
    public synchronized void delete(HandledChange change) {
        begin(change);
        rows.remove(change.id());
        made.put(change.mutationId(), change.id());
        lose();
    }

    private void begin(HandledChange change) {
        calls.add(change);
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        requireUp();
    }

    private void requireUp() {
        if (isDown) {
            throw new IllegalStateException("the shed is locked");
        }
    }

    private Map<String, @Nullable Object> end(HandledChange change) {
        made.put(change.mutationId(), change.id());
        lose();
        return new LinkedHashMap<>(rows.get(change.id()));
    }

    private void lose() {
        if (losesAnswer) {
            losesAnswer = false;
            throw new IllegalStateException("the answer is lost");
        }
    }
}
