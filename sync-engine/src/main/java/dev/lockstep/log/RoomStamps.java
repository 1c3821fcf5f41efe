package dev.lockstep.log;

import dev.lockstep.api.RoomId;
import dev.lockstep.database.StatementPipeline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The stamps of a transaction's mutations. They increase with every mutation of a room, so every writer locks the room's
 * row, before rows and head. Belongs to one transaction.
 */
public final class RoomStamps {
    private static final Comparator<RoomId> LOCK_ORDER =
            Comparator.comparing(RoomId::namespace).thenComparing(RoomId::name);

    /** SQLSTATEs (ISO 9075-2, section 24.1; the subclass of the first is common to PostgreSQL and H2). */
    private static final String UNIQUE_VIOLATION = "23505";

    private static final String SERIALIZATION_FAILURE = "40001";

    private final Map<RoomId, Long> last;
    private final Map<RoomId, Long> next;

    private RoomStamps(Map<RoomId, Long> last) {
        this.last = last;
        this.next = new TreeMap<>(LOCK_ORDER);
    }

    /** Locks the rows of these rooms, always in the same order, and reads their last stamps. */
    public static RoomStamps lock(Connection connection, Set<RoomId> rooms) throws SQLException {
        return lock(new StatementPipeline(connection), rooms);
    }

    /** The same, in one round trip with the statements already in the pipeline. */
    public static RoomStamps lock(StatementPipeline opening, Set<RoomId> rooms) throws SQLException {
        Map<RoomId, Long> stamps = new HashMap<>();
        if (!rooms.isEmpty()) {
            Set<RoomId> ordered = new TreeSet<>(LOCK_ORDER);
            ordered.addAll(rooms);
            List<String> each = Collections.nCopies(ordered.size(), "(application = ? and room = ?)");
            String sql = "select application, room, stamp from lockstep_room where " + String.join(" or ", each)
                    + " order by application, room for update";
            List<Object> names = new ArrayList<>(2 * ordered.size());
            for (RoomId room : ordered) {
                names.add(room.namespace());
                names.add(room.name());
            }
            opening.query(
                    sql, names, row -> stamps.put(new RoomId(row.getString(1), row.getString(2)), row.getLong(3)));
        }
        opening.execute();
        return new RoomStamps(stamps);
    }

    /**
     * The stamp of the next mutation in these rooms: now, or a microsecond after their last one, whichever is later.
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

    /**
     * Stores the stamps that were taken: those of rooms that had one when the round trip runs, those of new rooms at
     * once.
     */
    public void save(StatementPipeline closing) throws SQLException {
        List<List<Object>> changed = new ArrayList<>();
        List<List<Object>> added = new ArrayList<>();
        next.forEach((room, stamp) ->
                (last.containsKey(room) ? changed : added).add(List.of(stamp, room.namespace(), room.name())));
        addRooms(closing.connection(), added);
        closing.update("update lockstep_room set stamp = ? where application = ? and room = ?", changed);
    }

    /** The same in a round trip of its own. */
    public void saveNow(Connection connection) throws SQLException {
        StatementPipeline saving = new StatementPipeline(connection);
        save(saving);
        saving.execute();
    }

    // The first writer of a room finds no row to lock, so another first writer may be faster. This is reported as a
    // serialization failure, which is retried.
    private static void addRooms(Connection connection, List<List<Object>> added) throws SQLException {
        StatementPipeline adding = new StatementPipeline(connection);
        adding.update("insert into lockstep_room (stamp, application, room) values (?, ?, ?)", added);
        try {
            adding.execute();
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw new SQLException("another transaction wrote to the room first", SERIALIZATION_FAILURE, e);
            }
            throw e;
        }
    }
}
