package dev.lockstep.event;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.StatementPipeline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stores and their events in the database. Works in the transaction of the connection; stateless and thread-safe. A
 * writer holds the lock of the store's room.
 */
final class StoreTable {
    private static final String COLUMNS = "store.application, store.room, store.incarnation, store.epoch, epoch.began,"
            + " store.head, store.events, store.characters, store.owner, store.created_at, store.appended_at";

    private static final String FROM = " from lockstep_store store, lockstep_epoch epoch where epoch.id = 1";

    /** Events that a driver may hold at a time while a page is read. An event is at most a megabyte. */
    private static final int FETCHED_AT_ONCE = 128;

    private StoreTable() {}

    /** The stores that are these rooms, as far as they exist. */
    static Map<RoomId, StoreState> find(Connection connection, Collection<RoomId> rooms) throws SQLException {
        Map<RoomId, StoreState> found = new HashMap<>();
        if (rooms.isEmpty()) {
            return found;
        }
        List<Object> names = new ArrayList<>(2 * rooms.size());
        for (RoomId room : rooms) {
            names.add(room.namespace());
            names.add(room.name());
        }
        String each =
                String.join(" or ", Collections.nCopies(rooms.size(), "(store.application = ? and store.room = ?)"));
        StatementPipeline reading = new StatementPipeline(connection);
        reading.query("select " + COLUMNS + FROM + " and (" + each + ")", names, row -> {
            StoreState state = state(row);
            found.put(state.room(), state);
        });
        reading.execute();
        return found;
    }

    static Optional<StoreState> find(Connection connection, RoomId room) throws SQLException {
        return Optional.ofNullable(find(connection, List.of(room)).get(room));
    }

    /** The stores of a namespace after a name, in the order of their names. */
    static List<StoreState> list(Connection connection, String namespace, String after, int storesMax)
            throws SQLException {
        List<StoreState> stores = new ArrayList<>();
        StatementPipeline reading = new StatementPipeline(connection);
        reading.query(
                "select " + COLUMNS + FROM + " and store.application = ? and store.room > ?"
                        + " order by store.application, store.room fetch first ? rows only",
                List.of(namespace, after, storesMax),
                row -> stores.add(state(row)));
        reading.execute();
        return stores;
    }

    private static StoreState state(ResultSet row) throws SQLException {
        Incarnation incarnation = new Incarnation(row.getString(3), row.getLong(4));
        return new StoreState(
                new RoomId(row.getString(1), row.getString(2)),
                incarnation.backendId(row.getLong(5)),
                incarnation.id(),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                Optional.ofNullable(row.getString(9)),
                row.getLong(10),
                row.getLong(11));
    }

    /** Adds an empty store. */
    static void insert(
            Connection connection, RoomId room, Incarnation incarnation, Optional<String> owner, long nowMicros)
            throws SQLException {
        StatementPipeline adding = new StatementPipeline(connection);
        adding.update(
                "insert into lockstep_store (application, room, incarnation, epoch, head, events, characters, owner,"
                        + " created_at) values (?, ?, ?, ?, 0, 0, 0, ?, ?)",
                List.of(List.of(
                        room.namespace(), room.name(), incarnation.id(), incarnation.epoch(), owner, nowMicros)));
        adding.execute();
    }

    /**
     * Begins a new incarnation without events. Those of the one before are deleted later ({@link ErasedStores}).
     *
     * @param head a position of the log that no action of the store is after
     */
    static void reset(Connection connection, StoreState store, Incarnation next, Seq head) throws SQLException {
        StatementPipeline changing = new StatementPipeline(connection);
        changing.update(
                "update lockstep_store set incarnation = ?, epoch = ?, head = 0, events = 0, characters = 0,"
                        + " appended_at = null where application = ? and room = ?",
                List.of(List.of(
                        next.id(),
                        next.epoch(),
                        store.room().namespace(),
                        store.room().name())));
        changing.update(
                "insert into lockstep_erased_store (incarnation, application, room, seq) values (?, ?, ?, ?)",
                List.of(List.of(
                        store.incarnation(),
                        store.room().namespace(),
                        store.room().name(),
                        head.value())));
        changing.execute();
    }

    static void saveHeads(StatementPipeline closing, Collection<StoreState> stores) {
        List<List<Object>> each = new ArrayList<>(stores.size());
        for (StoreState store : stores) {
            each.add(List.of(
                    store.head(),
                    store.events(),
                    store.characters(),
                    store.appendedAtMicros(),
                    store.room().namespace(),
                    store.room().name()));
        }
        closing.update(
                "update lockstep_store set head = ?, events = ?, characters = ?, appended_at = ?"
                        + " where application = ? and room = ?",
                each);
    }

    static void insertEvents(StatementPipeline closing, List<List<Object>> events) {
        closing.update(
                "insert into lockstep_event (incarnation, number, ordinal, stamp, json) values (?, ?, ?, ?, ?)",
                events);
    }

    /** The events after a number, until one of the limits is reached; at least one, if there is any. */
    static StorePage page(Connection connection, StoreState store, long after, int eventsMax, long charactersMax)
            throws SQLException {
        // In the order of the whole key: H2 sorts the rest of the store otherwise (131 ms a page of 1,000; 4 ms so).
        String sql = "select number, json, stamp, ordinal from lockstep_event where incarnation = ? and number > ?"
                + " order by incarnation, number fetch first ? rows only";
        List<StoredEvent> events = new ArrayList<>();
        long characters = 0;
        long ordinal = store.events();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, store.incarnation());
            select.setLong(2, after);
            select.setInt(3, eventsMax);
            select.setFetchSize(Math.min(eventsMax, FETCHED_AT_ONCE));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String json = row.getString(2);
                    characters += json.length();
                    if (characters > charactersMax && !events.isEmpty()) {
                        break;
                    }
                    events.add(new StoredEvent(row.getLong(1), json, row.getLong(3)));
                    ordinal = row.getLong(4);
                }
            }
        }
        return new StorePage(events, store.events() - ordinal);
    }
}
