package dev.lockstep.event.consumer;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.event.EventConsumer;
import dev.lockstep.event.StorePage;
import dev.lockstep.event.StoreSource;
import dev.lockstep.event.StoreState;
import dev.lockstep.event.StoredEvent;
import dev.lockstep.event.consumer.ConsumerPositions.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Hands the next events of a store to a consumer, in a transaction that also stores the new position. Thread-safe. */
final class StoreDelivery {
    /** Most characters of events that are read at a time. */
    private static final long CHARACTERS_MAX = 1_048_576;

    private final EventConsumer consumer;
    private final ConsumerPositions positions;

    StoreDelivery(EventConsumer consumer, ConsumerPositions positions) {
        this.consumer = consumer;
        this.positions = positions;
    }

    /**
     * Delivers events in the transaction of the connection.
     *
     * @param eventsMax most events
     * @return whether more events follow
     */
    boolean deliver(Connection connection, RoomId room, int eventsMax) throws SQLException {
        Optional<StoreState> found = StoreSource.find(connection, room);
        if (found.isEmpty()) {
            return false;
        }
        StoreState store = found.get();
        StoreName name = StoreName.of(room);
        if (!consumer.consumes(name)) {
            skip(connection, store);
            return false;
        }
        Optional<Position> stored = positions.lock(connection, room);
        Position position = stored.filter(known -> known.incarnation().equals(store.incarnation()))
                .orElseGet(() -> new Position(store.incarnation(), 0));
        if (stored.isPresent() && !stored.get().incarnation().equals(store.incarnation())) {
            consumer.onReset(name);
        }
        long after = Math.max(position.number(), stored.isPresent() ? 0 : consumer.firstNumber(name) - 1);
        StorePage page = StoreSource.page(connection, store, after, eventsMax, CHARACTERS_MAX);
        for (StoredEvent event : page.events()) {
            consumer.onEvent(name, StoreEvent.of(event.json()));
        }
        long reached = page.events().isEmpty()
                ? Math.max(after, store.head())
                : page.events().getLast().number();
        save(connection, room, stored.isPresent(), new Position(store.incarnation(), reached));
        return page.remaining() > 0;
    }

    private void skip(Connection connection, StoreState store) throws SQLException {
        boolean isStored = positions.lock(connection, store.room()).isPresent();
        save(connection, store.room(), isStored, new Position(store.incarnation(), store.head()));
    }

    private void save(Connection connection, RoomId room, boolean isStored, Position position) throws SQLException {
        if (isStored) {
            positions.update(connection, room, position);
        } else {
            positions.insert(connection, room, position);
        }
    }
}
