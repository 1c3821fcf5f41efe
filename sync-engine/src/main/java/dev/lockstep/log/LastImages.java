package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The last images of rows in the recent log. Belongs to one transaction. */
public final class LastImages {
    /** How far back the log is searched, in positions, so that a search takes a bounded time. */
    static final long POSITIONS_MAX = 100_000;

    private final Connection connection;

    public LastImages(Connection connection) {
        this.connection = connection;
    }

    /**
     * The last action of a row.
     *
     * @param isLive whether the row exists after it
     * @param json the row after it; of a deleted row, the row before it, if the log has it
     */
    public record Image(boolean isLive, Optional<String> json) {}

    /**
     * The last action of a row in a room. Exact while the room is locked.
     *
     * @return empty if the last {@value #POSITIONS_MAX} positions have none
     * @throws IllegalStateException if the log cannot be read
     */
    public Optional<Image> last(RoomId room, CollectionName collection, EntityId id) {
        String sql = "select kind, row_after, row_before from lockstep_action where application = ? and room = ?"
                + " and seq > ? and collection = ? and entity_id = ? order by seq desc fetch first 1 rows only";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, room.namespace());
            select.setString(2, room.name());
            select.setLong(3, new ActionLog().head(connection).value() - POSITIONS_MAX);
            select.setString(4, collection.value());
            select.setString(5, id.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(image(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the log cannot be read", e);
        }
    }

    private static Image image(ResultSet row) throws SQLException {
        boolean isLive = LogEntry.Kind.of(row.getString(1)) != LogEntry.Kind.DELETE;
        return new Image(isLive, Optional.ofNullable(row.getString(isLive ? 2 : 3)));
    }
}
