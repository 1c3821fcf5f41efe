package dev.lockstep.event.consumer;

import dev.lockstep.api.RoomId;
import dev.lockstep.database.StatementPipeline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stored positions of one consumer. Works in the transaction of the connection; thread-safe. */
final class ConsumerPositions {
    private final String application;
    private final String consumer;

    /**
     * A position in a store.
     *
     * @param incarnation the incarnation of the store to which the number belongs
     * @param number the number of the last received event
     */
    record Position(String incarnation, long number) {}

    ConsumerPositions(String application, String consumer) {
        this.application = application;
        this.consumer = consumer;
    }

    /**
     * Stores with events that the consumer has not received, and stores that were reset since; in the order of their names.
     *
     * @param after the name of a room before the first to return
     */
    List<RoomId> pending(Connection connection, String after, int storesMax) throws SQLException {
        String namespace = RoomId.ofEvents(application, "").namespace();
        List<RoomId> stores = new ArrayList<>();
        StatementPipeline reading = new StatementPipeline(connection);
        reading.query(
                "select store.room from lockstep_store store left join lockstep_consumer position"
                        + " on position.application = ? and position.consumer = ? and position.room = store.room"
                        + " where store.application = ? and store.room > ? and (position.number is null and store.head > 0"
                        + " or position.number < store.head or position.incarnation <> store.incarnation)"
                        + " order by store.room fetch first ? rows only",
                List.of(application, consumer, namespace, after, storesMax),
                row -> stores.add(new RoomId(namespace, row.getString(1))));
        reading.execute();
        return stores;
    }

    /** Locks the position in a store until the end of the transaction; empty if the store was not received yet. */
    Optional<Position> lock(Connection connection, RoomId store) throws SQLException {
        List<Position> found = new ArrayList<>(1);
        StatementPipeline reading = new StatementPipeline(connection);
        reading.query(
                "select incarnation, number from lockstep_consumer where application = ? and consumer = ? and room = ?"
                        + " for update",
                List.of(application, consumer, store.name()),
                row -> found.add(new Position(row.getString(1), row.getLong(2))));
        reading.execute();
        return found.stream().findFirst();
    }

    /** Adds the position in a store. Another node that adds the same waits, and fails. */
    void insert(Connection connection, RoomId store, Position position) throws SQLException {
        update(
                connection,
                "insert into lockstep_consumer (incarnation, number, application, consumer, room) values (?, ?, ?, ?, ?)",
                store,
                position);
    }

    void update(Connection connection, RoomId store, Position position) throws SQLException {
        update(
                connection,
                "update lockstep_consumer set incarnation = ?, number = ? where application = ? and consumer = ?"
                        + " and room = ?",
                store,
                position);
    }

    private void update(Connection connection, String sql, RoomId store, Position position) throws SQLException {
        StatementPipeline writing = new StatementPipeline(connection);
        writing.update(
                sql, List.of(List.of(position.incarnation(), position.number(), application, consumer, store.name())));
        writing.execute();
    }
}
