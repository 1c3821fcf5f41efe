package dev.lockstep.event;

import dev.lockstep.api.RoomId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Reads of a store in the transaction of a connection. Stateless and thread-safe. */
public final class StoreSource {
    private StoreSource() {}

    /** The store; empty if it does not exist. */
    public static Optional<StoreState> find(Connection connection, RoomId room) throws SQLException {
        return StoreTable.find(connection, room);
    }

    /** The events after a number, until one of the limits is reached; at least one, if there is any. */
    public static StorePage page(Connection connection, StoreState store, long after, int eventsMax, long charactersMax)
            throws SQLException {
        return StoreTable.page(connection, store, after, eventsMax, charactersMax);
    }
}
