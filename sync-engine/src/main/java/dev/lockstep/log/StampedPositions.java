package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Search for a position by a stamp. Stamps grow with the positions of a room, so the search halves the log along the index of
 * the room. Works in the transaction of the connection; stateless and thread-safe.
 */
public final class StampedPositions {
    private static final long MILLISECOND_MICROS = Duration.ofMillis(1).toNanos() / 1000;

    private StampedPositions() {}

    /**
     * The last position before the actions of one millisecond. A client that knows all rows with an earlier
     * stamp has seen everything up to it.
     *
     * @param stampMillis the millisecond, since 1970
     * @param head the last position of the log
     * @return empty if the log has no action of the collection with such a stamp in the room
     */
    public static Optional<Seq> before(
            Connection connection, RoomId room, CollectionName collection, long stampMillis, Seq head)
            throws SQLException {
        long first = firstFrom(connection, room, stampMillis * MILLISECOND_MICROS, head);
        long end = firstFrom(connection, room, (stampMillis + 1) * MILLISECOND_MICROS, head);
        return first < end && has(connection, room, collection, first, end)
                ? Optional.of(new Seq(first - 1))
                : Optional.empty();
    }

    /** The position of the last action of a room that the log holds; the start if it holds none. */
    public static Seq last(Connection connection, RoomId room) throws SQLException {
        String sql = "select max(seq) from lockstep_action where application = ? and room = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, room.namespace());
            select.setString(2, room.name());
            try (ResultSet action = select.executeQuery()) {
                return new Seq(action.next() ? action.getLong(1) : 0);
            }
        }
    }

    /** One after the room's last action with a smaller stamp. */
    private static long firstFrom(Connection connection, RoomId room, long stampMicros, Seq head) throws SQLException {
        String sql = "select seq, stamp from lockstep_action where application = ? and room = ? and seq >= ?"
                + " order by seq fetch first 1 rows only";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, room.namespace());
            select.setString(2, room.name());
            long low = 1;
            long high = head.value() + 1;
            while (low < high) {
                long middle = low + (high - low) / 2;
                select.setLong(3, middle);
                try (ResultSet action = select.executeQuery()) {
                    if (action.next() && action.getLong(2) < stampMicros) {
                        low = action.getLong(1) + 1;
                    } else {
                        high = middle;
                    }
                }
            }
            return low;
        }
    }

    private static boolean has(Connection connection, RoomId room, CollectionName collection, long first, long end)
            throws SQLException {
        String sql = "select seq from lockstep_action where application = ? and room = ? and seq >= ? and seq < ?"
                + " and collection = ? order by seq fetch first 1 rows only";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, room.namespace());
            select.setString(2, room.name());
            select.setLong(3, first);
            select.setLong(4, end);
            select.setString(5, collection.value());
            try (ResultSet action = select.executeQuery()) {
                return action.next();
            }
        }
    }
}
