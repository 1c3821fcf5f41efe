package dev.lockstep.event;

import dev.lockstep.api.Change;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.log.LogEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The heads of some stores while a transaction appends to them. The transaction holds the locks of their rooms. Belongs to
 * one transaction.
 */
public final class StoreHeads {
    private final Map<RoomId, StoreState> stores;
    private final Map<RoomId, StoreState> changed = new LinkedHashMap<>();
    private final List<List<Object>> events = new ArrayList<>();

    private StoreHeads(Map<RoomId, StoreState> stores) {
        this.stores = new HashMap<>(stores);
    }

    /** No stores: every append is refused. */
    public static StoreHeads none() {
        return new StoreHeads(Map.of());
    }

    /** Reads the heads. The locks are held already, so they do not move any more. */
    public static StoreHeads read(Connection connection, Collection<RoomId> rooms) throws SQLException {
        return new StoreHeads(StoreTable.find(connection, rooms));
    }

    /** The refusal of an append after the preceding ones; empty if it may be made. */
    public Optional<Refusal> refuses(RoomId room, Change.Append append) {
        StoreState store = stores.get(room);
        if (store == null) {
            return Optional.of(new Refusal(ErrorCode.UNAVAILABLE, "The store is being created; send the same again"));
        }
        if (append.backendId().filter(known -> !known.equals(store.backendId())).isPresent()) {
            return Optional.of(new Refusal(
                    ErrorCode.STORE_RESET,
                    "The store was reset or restored; discard its events and read it again",
                    List.of(),
                    Optional.of(store.current())));
        }
        if (append.events().getFirst().parent() != store.head()) {
            return Optional.of(new Refusal(
                    ErrorCode.HEAD_MOVED,
                    "The head of the store is " + store.head() + "; read the events up to it, and append after it",
                    List.of(),
                    Optional.of(store.current())));
        }
        return Optional.empty();
    }

    /** The number of the last event of a store; empty if the store does not exist. */
    public Optional<Long> head(RoomId room) {
        return Optional.ofNullable(stores.get(room)).map(StoreState::head);
    }

    /** Makes an append that is not refused, and returns its log entry. */
    public LogEntry append(RoomId room, List<StoreEvent> appended, long stampMicros, Optional<String> caller) {
        StoreState store = stores.get(room);
        if (store == null) {
            throw new IllegalStateException("the store " + room + " does not exist");
        }
        List<String> json = new ArrayList<>(appended.size());
        long characters = 0;
        long ordinal = store.events();
        for (StoreEvent event : appended) {
            String text = event.json();
            json.add(text);
            characters += text.length();
            events.add(List.of(store.incarnation(), event.number(), ++ordinal, stampMicros, text));
        }
        EventRange range =
                new EventRange(appended.getFirst().parent(), appended.getLast().number());
        StoreState next = store.appended(range.last(), appended.size(), characters, stampMicros);
        stores.put(room, next);
        changed.put(room, next);
        return LogEntry.events(
                room, StoreEvent.COLLECTION, range.id(), stampMicros, Optional.of(EventSequence.join(json)), caller);
    }

    /** Stores the appended events and the heads when the pipeline runs. */
    public void save(StatementPipeline closing) {
        StoreTable.insertEvents(closing, events);
        StoreTable.saveHeads(closing, changed.values());
    }
}
