package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which rows the log has seen change. Works in the transaction of the connection; stateless and thread-safe. */
public final class ChangedRows {
    /** Most rows that are named. Who missed more is better served with the whole list. */
    static final int ROWS_MAX = 10_000;

    /** Most actions of the room that are looked through, whatever rows they are of. Beyond it, the same. */
    static final int ACTIONS_MAX = 100_000;

    private final ActionLog log;
    private final int rowsMax;
    private final int actionsMax;
    private final Floors floors = new Floors();

    public ChangedRows(ActionLog log) {
        this(log, ROWS_MAX, ACTIONS_MAX);
    }

    ChangedRows(ActionLog log, int rowsMax, int actionsMax) {
        this.log = log;
        this.rowsMax = rowsMax;
        this.actionsMax = actionsMax;
    }

    /**
     * The rows of a collection in a room that changed after a position, those that changed last at the end.
     *
     * @return empty if that is not known: the position lies below the room's floor or beyond the head, or too much
     *     happened in the room
     */
    public Optional<List<EntityId>> since(Connection connection, RoomId room, CollectionName collection, Seq position)
            throws SQLException {
        boolean known = position.compareTo(floors.highest(connection, List.of(room))) >= 0
                && position.compareTo(log.head(connection)) <= 0
                && !hasTooMany(connection, room, position);
        List<EntityId> ids = known ? read(connection, room, collection, position) : List.of();
        return known && ids.size() <= rowsMax ? Optional.of(ids) : Optional.empty();
    }

    /** Counts along the index of the room, and no further than it must. */
    private boolean hasTooMany(Connection connection, RoomId room, Seq position) throws SQLException {
        String sql = "select seq from lockstep_action where application = ? and room = ? and seq > ?"
                + " order by seq offset ? rows fetch first 1 rows only";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, room.application());
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
            select.setString(1, room.application());
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
