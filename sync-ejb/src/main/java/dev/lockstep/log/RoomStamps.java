package dev.lockstep.log;

import dev.lockstep.api.RoomId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The stamps of a group's mutations. They grow with every mutation of a room, so a room's row is locked, before rows
 * and head, by everyone who writes to it. Belongs to one transaction.
 */
public final class RoomStamps {
    private static final Comparator<RoomId> LOCK_ORDER =
            Comparator.comparing(RoomId::application).thenComparing(RoomId::name);

    /** SQLSTATEs (ISO 9075-2, section 24.1; the subclass of the first is common to PostgreSQL and H2). */
    private static final String UNIQUE_VIOLATION = "23505";

    private static final String SERIALIZATION_FAILURE = "40001";

    private final Map<RoomId, Long> last;
    private final Map<RoomId, Long> next;

    private RoomStamps(Map<RoomId, Long> last) {
        this.last = last;
        this.next = new TreeMap<>(LOCK_ORDER);
    }

    /** Locks the rows of these rooms, in one order, and reads their last stamps. */
    public static RoomStamps lock(Connection connection, Set<RoomId> rooms) throws SQLException {
        if (rooms.isEmpty()) {
            return new RoomStamps(Map.of());
        }
        Set<RoomId> ordered = new TreeSet<>(LOCK_ORDER);
        ordered.addAll(rooms);
        List<String> each = Collections.nCopies(ordered.size(), "(application = ? and room = ?)");
        String sql = "select application, room, stamp from lockstep_room where " + String.join(" or ", each)
                + " order by application, room for update";
        Map<RoomId, Long> stamps = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int parameter = 1;
            for (RoomId room : ordered) {
                select.setString(parameter++, room.application());
                select.setString(parameter++, room.name());
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    stamps.put(new RoomId(rows.getString(1), rows.getString(2)), rows.getLong(3));
                }
            }
        }
        return new RoomStamps(stamps);
    }

    /**
     * The stamp of the next mutation in these rooms: now, or a microsecond after their last where the clock has not moved
     * on.
     */
    public long next(Set<RoomId> rooms, long nowMicros) {
        long stamp = nowMicros;
        for (RoomId room : rooms) {
            stamp = Math.max(stamp, next.getOrDefault(room, last.getOrDefault(room, 0L)) + 1);
        }
        for (RoomId room : rooms) {
            next.put(room, stamp);
        }
        return stamp;
    }

    /** Stores the stamps that were taken. */
    public void save(Connection connection) throws SQLException {
        String update = "update lockstep_room set stamp = ? where application = ? and room = ?";
        String insert = "insert into lockstep_room (stamp, application, room) values (?, ?, ?)";
        try (PreparedStatement changed = connection.prepareStatement(update);
                PreparedStatement added = connection.prepareStatement(insert)) {
            for (var stamp : next.entrySet()) {
                PreparedStatement statement = last.containsKey(stamp.getKey()) ? changed : added;
                statement.setLong(1, stamp.getValue());
                statement.setString(2, stamp.getKey().application());
                statement.setString(3, stamp.getKey().name());
                statement.addBatch();
            }
            changed.executeBatch();
            addRooms(added);
        }
    }

    // A room's first writer found no row to lock, so another first writer may have been faster. That is nobody's
    // fault: it is reported as what it is, a transaction to try again.
    private static void addRooms(PreparedStatement added) throws SQLException {
        try {
            added.executeBatch();
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw new SQLException("another transaction wrote to the room first", SERIALIZATION_FAILURE, e);
            }
            throw e;
        }
    }
}
