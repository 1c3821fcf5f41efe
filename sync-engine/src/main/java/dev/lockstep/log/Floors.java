package dev.lockstep.log;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.StatementPipeline.PendingResult;
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
 * Prunes the log, and stores each room's floor: its last pruned action. A client with a cursor below the floor cannot catch
 * up from the log. Works in the transaction of the connection; stateless and thread-safe.
 */
public final class Floors {
    /** Approximate number of actions per transaction: a commit is never split. */
    static final int PAGE_ACTIONS_MAX = 5_000;

    /** Queries the highest floor of some rooms when the pipeline runs; {@link Seq#START} if nothing was pruned. */
    PendingResult<Seq> highest(StatementPipeline opening, Collection<RoomId> rooms) {
        if (rooms.isEmpty()) {
            return PendingResult.completed(Seq.START);
        }
        List<Object> names = new ArrayList<>(2 * rooms.size());
        for (RoomId room : rooms) {
            names.add(room.namespace());
            names.add(room.name());
        }
        return opening.queryOne(
                "select max(floor) from lockstep_room where "
                        + String.join(" or ", Collections.nCopies(rooms.size(), "(application = ? and room = ?)")),
                names,
                row -> new Seq(row.getLong(1)),
                "there is no highest of no floors");
    }

    /**
     * Prunes the oldest commits, if they are older than a time; raises the floors of their rooms.
     *
     * @param beforeMicros commits with an earlier stamp are pruned, in microseconds since 1970, up to the first later one
     * @return the last position that was pruned; empty if nothing is old enough
     */
    public Optional<Seq> prune(Connection connection, long beforeMicros) throws SQLException {
        Old old = new Old(beforeMicros);
        read(connection, "order by seq fetch first " + PAGE_ACTIONS_MAX + " rows only", old);
        if (old.last == 0) {
            return Optional.empty();
        }
        read(connection, "where seq > " + old.last + " and seq <= " + old.commitLast + " order by seq", old);
        RoomStamps.lock(connection, old.lastOfRoom.keySet()); // first and in order, as every writer does
        raise(connection, old.lastOfRoom);
        try (PreparedStatement delete = connection.prepareStatement("delete from lockstep_action where seq <= ?")) {
            delete.setLong(1, old.last);
            delete.executeUpdate();
        }
        return Optional.of(new Seq(old.last));
    }

    /** The oldest actions that are old enough, in whole commits. */
    private static final class Old {
        private final Map<RoomId, Long> lastOfRoom = new HashMap<>();
        private final long beforeMicros;
        private long last;
        private long commitLast;

        Old(long beforeMicros) {
            this.beforeMicros = beforeMicros;
        }

        /** Takes the next action of the log; false if it and all later ones stay. */
        boolean next(ResultSet row) throws SQLException {
            if (row.getLong("stamp") >= beforeMicros) {
                return false; // all actions of a commit have one stamp
            }
            last = row.getLong("seq");
            commitLast = row.getLong("commit_last");
            lastOfRoom.put(new RoomId(row.getString("application"), row.getString("room")), last);
            return true;
        }
    }

    private static void read(Connection connection, String which, Old old) throws SQLException {
        String sql = "select seq, commit_last, stamp, application, room from lockstep_action " + which;
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next() && old.next(rows)) {
                // taken
            }
        }
    }

    private static void raise(Connection connection, Map<RoomId, Long> floors) throws SQLException {
        String sql = "update lockstep_room set floor = ? where application = ? and room = ? and floor < ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (Map.Entry<RoomId, Long> floor : floors.entrySet()) {
                update.setLong(1, floor.getValue());
                update.setString(2, floor.getKey().namespace());
                update.setString(3, floor.getKey().name());
                update.setLong(4, floor.getValue());
                update.addBatch();
            }
            update.executeBatch();
        }
    }
}
