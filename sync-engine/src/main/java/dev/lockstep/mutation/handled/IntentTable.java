package dev.lockstep.mutation.handled;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.collection.value.RowValues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The intents in their table. Every method works in the transaction of its connection. Thread-safe. */
final class IntentTable {
    private static final String COLUMNS = "application, collection, entity_id, room, operation, fields, scope, caller,"
            + " client_id, mutation_id, ordered";
    private static final String OF_ROW = " where application = ? and collection = ? and entity_id = ?";
    private static final int FAILURE_CHARACTERS_MAX = 1_000;

    /** An intent whose outcome is open, and the calls that were made for it. */
    record Open(Intent intent, int attempts) {}

    /** @throws SQLException if the row has an intent */
    void insert(Connection connection, Intent intent, long nowMicros) throws SQLException {
        String sql = "insert into lockstep_intent (" + COLUMNS + ", written_at, tried_at, attempts)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            setRow(insert, intent);
            insert.setString(4, intent.room().name());
            insert.setString(5, intent.operation().name().substring(0, 1));
            insert.setString(6, RowValues.json(intent.fields()));
            insert.setString(7, intent.scope().orElse(null));
            insert.setString(8, intent.subject().orElse(null));
            insert.setString(9, intent.id().client());
            insert.setString(10, intent.id().value());
            insert.setBoolean(11, intent.id().ordered());
            insert.setLong(12, nowMicros);
            insert.setLong(13, nowMicros);
            insert.executeUpdate();
        }
    }

    /** The intent of the same row. */
    Optional<Open> find(Connection connection, Intent sameRow) throws SQLException {
        String sql = "select " + COLUMNS + ", attempts from lockstep_intent" + OF_ROW;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            setRow(select, sameRow);
            return read(select).stream().findFirst();
        }
    }

    /** Intents that nobody has tried since a time, the oldest first. */
    List<Open> abandoned(Connection connection, long beforeMicros, int most) throws SQLException {
        String sql = "select " + COLUMNS + ", attempts from lockstep_intent where tried_at < ?"
                + " order by tried_at fetch first ? rows only";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, beforeMicros);
            select.setInt(2, most);
            return read(select);
        }
    }

    /** Takes an intent over, unless another node has done so since it was read. */
    boolean takeOver(Connection connection, Open open, long nowMicros) throws SQLException {
        String sql = "update lockstep_intent set attempts = attempts + 1, tried_at = ?" + OF_ROW + " and attempts = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, nowMicros);
            setRow(update, open.intent(), 2);
            update.setInt(5, open.attempts());
            return update.executeUpdate() == 1;
        }
    }

    /** Notes for the operator why the outcome is open. */
    void note(Connection connection, Intent intent, String failure) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update lockstep_intent set failure = ?" + OF_ROW)) {
            update.setString(1, failure.substring(0, Math.min(failure.length(), FAILURE_CHARACTERS_MAX)));
            setRow(update, intent, 2);
            update.executeUpdate();
        }
    }

    void delete(Connection connection, Intent intent) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from lockstep_intent" + OF_ROW + " and client_id = ? and mutation_id = ?")) {
            setRow(delete, intent);
            delete.setString(4, intent.id().client());
            delete.setString(5, intent.id().value());
            delete.executeUpdate();
        }
    }

    private static void setRow(PreparedStatement statement, Intent intent) throws SQLException {
        setRow(statement, intent, 1);
    }

    private static void setRow(PreparedStatement statement, Intent intent, int first) throws SQLException {
        statement.setString(first, intent.room().application());
        statement.setString(first + 1, intent.collection().value());
        statement.setString(first + 2, intent.row().value());
    }

    private static List<Open> read(PreparedStatement select) throws SQLException {
        List<Open> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(new Open(intent(row), row.getInt(12)));
            }
        }
        return found;
    }

    private static Intent intent(ResultSet row) throws SQLException {
        CollectionName collection = new CollectionName(row.getString(2));
        EntityId id = new EntityId(row.getString(3));
        return new Intent(
                room(row.getString(1), row.getString(4)),
                collection,
                id,
                operation(row.getString(5)),
                RowValues.of(new Row(collection, id, row.getString(6))),
                optional(row.getString(7)),
                optional(row.getString(8)),
                new MutationId(row.getString(9), row.getString(10), row.getBoolean(11), true));
    }

    private static RoomId room(String application, String name) {
        return name.isEmpty() ? RoomId.shared(application) : new RoomId(application, name);
    }

    private static Operation operation(String letter) {
        return switch (letter) {
            case "I" -> Operation.INSERT;
            case "U" -> Operation.UPDATE;
            default -> Operation.DELETE;
        };
    }

    private static Optional<String> optional(@Nullable String text) {
        return Optional.ofNullable(text);
    }
}
