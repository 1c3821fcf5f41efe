package dev.lockstep.log;

import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.database.StatementPipeline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The rows that changed according to the log. Works in the transaction of the connection; stateless and thread-safe. */
public final class ChangedRows {
    /** Most changed rows. Beyond it, reading the whole list is cheaper. */
    static final int ROWS_MAX = 10_000;

    /** Most actions of the room that are searched, for any rows. Beyond it, the same. */
    static final int ACTIONS_MAX = 100_000;

    /** Actions that a driver may hold at a time while their rows are read. */
    private static final int FETCHED_AT_ONCE = 64;

    private final int rowsMax;
    private final int actionsMax;
    private final Floors floors = new Floors();

    public ChangedRows() {
        this(ROWS_MAX, ACTIONS_MAX);
    }

    ChangedRows(int rowsMax, int actionsMax) {
        this.rowsMax = rowsMax;
        this.actionsMax = actionsMax;
    }

    /**
     * The rows of a collection in a room that changed after a position, those that changed last at the end.
     *
     * @param user the user whose rights may have changed meanwhile; empty if none
     * @return empty if the log cannot tell: the position is below the room's floor, beyond the head or of a lost epoch, too
     *     many changes were made in the room, or the user's rights changed
     */
    public Optional<List<EntityId>> since(
            Connection connection, RoomId room, CollectionName collection, Optional<Caller> user, Seq position)
            throws SQLException {
        boolean known = LogBounds.isComplete(new StatementPipeline(connection), floors, List.of(room), user, position)
                && !hasTooMany(connection, room, position);
        List<EntityId> ids = known ? read(connection, room, collection, position) : List.of();
        return known && ids.size() <= rowsMax ? Optional.of(ids) : Optional.empty();
    }

    /**
     * Those of some rows of which the log has a visible image since a position.
     *
     * @return empty if that is not known: of one of them the log does not say what it was at the position
     */
    public Optional<List<EntityId>> seen(
            Connection connection,
            RoomId room,
            CollectionName collection,
            Seq position,
            List<EntityId> rows,
            Predicate<Row> shown)
            throws SQLException {
        if (rows.isEmpty()) {
            return Optional.of(rows);
        }
        Set<EntityId> wanted = new HashSet<>(rows);
        Set<EntityId> begun = new HashSet<>();
        Set<EntityId> seen = new HashSet<>();
        Set<EntityId> unknown = new HashSet<>();
        String sql = "select entity_id, kind, row_before, row_after from lockstep_action where application = ?"
                + " and room = ? and seq > ? and collection = ? order by seq";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCHED_AT_ONCE);
            select.setString(1, room.namespace());
            select.setString(2, room.name());
            select.setLong(3, position.value());
            select.setString(4, collection.value());
            try (ResultSet actions = select.executeQuery()) {
                while (actions.next()) {
                    EntityId id = new EntityId(actions.getString(1));
                    if (wanted.contains(id) && !seen.contains(id)) {
                        String before = actions.getString(3);
                        boolean isNew = LogEntry.Kind.of(actions.getString(2)) == LogEntry.Kind.INSERT;
                        if (begun.add(id) && before == null && !isNew) {
                            unknown.add(id);
                        }
                        for (String image : new String[] {before, actions.getString(4)}) {
                            if (image != null && shown.test(new Row(collection, id, image))) {
                                seen.add(id);
                            }
                        }
                    }
                }
            }
        }
        return seen.containsAll(unknown)
                ? Optional.of(rows.stream().filter(seen::contains).toList())
                : Optional.empty();
    }

    /** Counts along the index of the room, and no further than it must. */
    private boolean hasTooMany(Connection connection, RoomId room, Seq position) throws SQLException {
        String sql = "select seq from lockstep_action where application = ? and room = ? and seq > ?"
                + " order by seq offset ? rows fetch first 1 rows only";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, room.namespace());
            select.setString(2, room.name());
            select.setLong(3, position.value());
            select.setInt(4, actionsMax);
            try (ResultSet oneMore = select.executeQuery()) {
                return oneMore.next();
            }
        }
    }

    private List<EntityId> read(Connection connection, RoomId room, CollectionName collection, Seq position)
            throws SQLException {
        String sql = "select entity_id from lockstep_action where application = ? and room = ? and seq > ?"
                + " and collection = ? group by entity_id order by max(seq) fetch first ? rows only";
        List<EntityId> ids = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, room.namespace());
            select.setString(2, room.name());
            select.setLong(3, position.value());
            select.setString(4, collection.value());
            select.setInt(5, rowsMax + 1);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(new EntityId(rows.getString(1)));
                }
            }
        }
        return ids;
    }
}
