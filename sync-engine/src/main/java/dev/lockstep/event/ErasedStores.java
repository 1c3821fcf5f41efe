package dev.lockstep.event;

import dev.lockstep.api.RoomId;
import dev.lockstep.database.StatementPipeline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletion of what a reset leaves: the events, and their copies in the log. Works in the transaction of the connection, in
 * small steps; several nodes may delete at the same time. Stateless and thread-safe.
 */
public final class ErasedStores {
    /** Most events, or actions of the log, of one step: it stays short, and so do its locks. */
    static final int ROWS_AT_ONCE_MAX = 2_000;

    /** A reset whose events are being deleted. The log is cleared after {@code cleared}, up to {@code seq}. */
    private record Erased(String application, String room, long seq, long cleared) {}

    /** Deletes some events of some reset store; returns whether more may be left. */
    public boolean deleteSome(Connection connection) throws SQLException {
        Optional<String> next = incarnations(connection, "", List.of()).stream().findFirst();
        if (next.isPresent()) {
            deleteSome(connection, next.get());
        }
        return next.isPresent();
    }

    /** The incarnations of a store that are not deleted yet. */
    static List<String> of(Connection connection, RoomId store) throws SQLException {
        return incarnations(
                connection, " where application = ? and room = ?", List.of(store.namespace(), store.name()));
    }

    private static List<String> incarnations(Connection connection, String which, List<Object> parameters)
            throws SQLException {
        List<String> found = new ArrayList<>();
        StatementPipeline reading = new StatementPipeline(connection);
        reading.query(
                "select incarnation from lockstep_erased_store" + which + " order by incarnation",
                parameters,
                row -> found.add(row.getString(1)));
        reading.execute();
        return found;
    }

    /** Deletes some events of an incarnation; returns whether more may be left. */
    boolean deleteSome(Connection connection, String incarnation) throws SQLException {
        Optional<Erased> erased = lock(connection, incarnation);
        if (erased.isEmpty()) {
            return false; // another node was faster
        }
        if (deleteEvents(connection, incarnation) > 0 || clearLog(connection, incarnation, erased.get())) {
            return true;
        }
        StatementPipeline ending = new StatementPipeline(connection);
        ending.update("delete from lockstep_erased_store where incarnation = ?", List.of(List.of(incarnation)));
        ending.execute();
        return false;
    }

    // Without the lock, a node that has waited for another one's deletes would find nothing, and take it for the end.
    private static Optional<Erased> lock(Connection connection, String incarnation) throws SQLException {
        List<Erased> locked = new ArrayList<>();
        StatementPipeline locking = new StatementPipeline(connection);
        locking.query(
                "select application, room, seq, cleared from lockstep_erased_store where incarnation = ? for update",
                List.of(incarnation),
                row -> locked.add(new Erased(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4))));
        locking.execute();
        return locked.stream().findFirst();
    }

    // All columns of the key are in the order, and the delete is a range of it: H2 sorts and scans the store otherwise.
    private static int deleteEvents(Connection connection, String incarnation) throws SQLException {
        List<Long> found = new ArrayList<>();
        StatementPipeline reading = new StatementPipeline(connection);
        reading.query(
                "select number from lockstep_event where incarnation = ? order by incarnation, number"
                        + " fetch first ? rows only",
                List.of(incarnation, ROWS_AT_ONCE_MAX),
                row -> found.add(row.getLong(1)));
        reading.execute();
        if (!found.isEmpty()) {
            StatementPipeline deleting = new StatementPipeline(connection);
            deleting.update(
                    "delete from lockstep_event where incarnation = ? and number <= ?",
                    List.of(List.of(incarnation, found.getLast())));
            deleting.execute();
        }
        return found.size();
    }

    /**
     * Turns actions of the store into resets without content. The log has no gaps, and a node that reads it late closes its
     * subscriptions once more. Returns whether there were any.
     */
    private static boolean clearLog(Connection connection, String incarnation, Erased erased) throws SQLException {
        List<Long> found = new ArrayList<>();
        StatementPipeline reading = new StatementPipeline(connection);
        reading.query(
                "select seq from lockstep_action where application = ? and room = ? and seq > ? and seq <= ?"
                        + " order by application, room, seq fetch first ? rows only",
                List.of(erased.application(), erased.room(), erased.cleared(), erased.seq(), ROWS_AT_ONCE_MAX),
                row -> found.add(row.getLong(1)));
        reading.execute();
        if (found.isEmpty()) {
            return false;
        }
        long last = found.getLast();
        StatementPipeline clearing = new StatementPipeline(connection);
        clearing.update(
                "update lockstep_action set entity_id = ?, row_after = null, caller = null"
                        + " where application = ? and room = ? and seq > ? and seq <= ?",
                List.of(List.of(
                        EventRange.RESET.value(), erased.application(), erased.room(), erased.cleared(), last)));
        clearing.update(
                "update lockstep_erased_store set cleared = ? where incarnation = ?",
                List.of(List.of(last, incarnation)));
        clearing.execute();
        return true;
    }
}
