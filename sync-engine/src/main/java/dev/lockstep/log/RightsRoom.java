package dev.lockstep.log;

import dev.lockstep.api.Caller;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The room whose log records changes of a user's rights.
 *
 * @param room the user's own room, to which sessions of the user subscribe if their dialect has groups
 */
public record RightsRoom(RoomId room, EntityId subject) {
    /** Most actions of the room that are searched. Beyond it, a change of rights is assumed. */
    static final int ACTIONS_MAX = 1_000;

    /** The room of a user. */
    public static RightsRoom of(String application, String subject) {
        RoomId room = subject.chars().anyMatch(Character::isISOControl)
                ? RoomId.shared(application)
                : RoomId.own(application, subject);
        return new RightsRoom(room, new EntityId(subject));
    }

    /** The room of a caller; empty if anonymous. */
    public static Optional<RightsRoom> of(Caller caller) {
        return caller.subject().map(subject -> of(caller.application(), subject));
    }

    /** Whether the user's rights changed between two positions, or too many actions lie between them to tell. */
    boolean changed(Connection connection, Seq after, Seq upTo) throws SQLException {
        String sql = "select collection, entity_id from lockstep_action where application = ? and room = ? and seq > ?"
                + " and seq <= ? order by seq fetch first ? rows only";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, room.namespace());
            select.setString(2, room.name());
            select.setLong(3, after.value());
            select.setLong(4, upTo.value());
            select.setInt(5, ACTIONS_MAX + 1);
            try (ResultSet actions = select.executeQuery()) {
                int seen = 0;
                while (actions.next()) {
                    if (++seen > ACTIONS_MAX || isOfRights(actions)) {
                        return true;
                    }
                }
                return false;
            }
        }
    }

    private boolean isOfRights(ResultSet action) throws SQLException {
        return action.getString(1).equals(LogEntry.RIGHTS_COLLECTION.value())
                && action.getString(2).equals(subject.value());
    }
}
