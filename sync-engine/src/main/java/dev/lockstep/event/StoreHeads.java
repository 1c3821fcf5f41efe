package dev.lockstep.event;

import dev.lockstep.api.Change;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.log.LogEnd;
import dev.lockstep.log.LogEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

    /** The same, and creates the stores that do not exist, without an owner. */
    public static StoreHeads readOrCreate(Connection connection, Collection<RoomId> rooms, long nowMicros)
            throws SQLException {
        Map<RoomId, StoreState> found = StoreTable.find(connection, rooms);
        for (RoomId room : rooms) {
            if (!found.containsKey(room)) {
                long epoch = LogEnd.of(connection).epoch().began().value();
                StoreTable.insert(connection, room, Incarnation.begin(epoch), Optional.empty(), nowMicros);
            }
        }
        return new StoreHeads(found.size() == rooms.size() ? found : StoreTable.find(connection, rooms));
    }

    /** The refusal of an append after the preceding ones; empty if it may be made. */
    public Optional<Refusal> refuses(RoomId room, Change.Append append) {
        StoreState store = stores.get(room);
        if (store == null) {
            return Optional.of(
                    new Refusal(ErrorCode.UNAVAILABLE, "The store is being created; send the request again"));
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

    /** Makes an append that is not refused, and returns its log entry. */
    public LogEntry append(RoomId room, List<StoreEvent> appended, long stampMicros, Optional<String> caller) {
        List<String> json = appended.stream().map(StoreEvent::json).toList();
        EventRange range = append(room, appended, json, Collections.nCopies(appended.size(), stampMicros), stampMicros);
        return LogEntry.events(
                room, StoreEvent.COLLECTION, range.id(), stampMicros, Optional.of(EventSequence.join(json)), caller);
    }

    /**
     * Makes an append that is not refused, of events that have times of their own.
     *
     * @param times the times that pages show for the events; one for each
     * @return its log entry, without the events: subscribers read them, with their times, from pages
     */
    LogEntry appendImported(RoomId room, List<StoreEvent> appended, List<Long> times, long stampMicros) {
        List<String> json = appended.stream().map(StoreEvent::json).toList();
        EventRange range = append(room, appended, json, times, stampMicros);
        return LogEntry.events(
                room, StoreEvent.COLLECTION, range.id(), stampMicros, Optional.empty(), Optional.empty());
    }

    private EventRange append(
            RoomId room, List<StoreEvent> appended, List<String> json, List<Long> times, long stampMicros) {
        StoreState store = stores.get(room);
        if (store == null) {
            throw new IllegalStateException("the store " + room + " does not exist");
        }
        long characters = 0;
        for (int i = 0; i < json.size(); i++) {
            characters += json.get(i).length();
            long ordinal = store.events() + i + 1;
            events.add(List.of(store.incarnation(), appended.get(i).number(), ordinal, times.get(i), json.get(i)));
        }
        EventRange range =
                new EventRange(appended.getFirst().parent(), appended.getLast().number());
        StoreState next = store.appended(range.last(), appended.size(), characters, stampMicros);
        stores.put(room, next);
        changed.put(room, next);
        return range;
    }

    /** Appends events after the heads of their stores, in order, and returns a log entry for each. */
    public List<LogEntry> append(List<NewEvent> newEvents, long stampMicros) {
        List<LogEntry> entries = new ArrayList<>(newEvents.size());
        for (NewEvent event : newEvents) {
            StoreState store = stores.get(event.store());
            if (store == null) {
                throw new IllegalStateException("the store " + event.store() + " does not exist");
            }
            StoreEvent next = event.at(store.head() + 1, store.head());
            entries.add(append(event.store(), List.of(next), stampMicros, Optional.empty()));
        }
        return entries;
    }

    /** Stores the appended events and the heads when the pipeline runs. */
    public void save(StatementPipeline closing) {
        StoreTable.insertEvents(closing, events);
        StoreTable.saveHeads(closing, changed.values());
    }
}
