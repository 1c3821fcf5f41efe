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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Stores the shape of each collection's rows, and raises the floors of an application if a shape has changed: the log and
 * the clients hold rows of the old shape. One cursor covers all collections of a room, so all rooms of the application
 * bootstrap again. Works in the transaction of the connection; stateless.
 */
public final class CollectionShapes {
    /** The room of the action that advances the log; it has no subscribers. */
    private static final String ROOM = "lockstep-shapes";

    private final ActionLog log;

    public CollectionShapes(ActionLog log) {
        this.log = log;
    }

    /**
     * The shape of a collection's rows.
     *
     * @param hash changes if rows of the old shape are not valid in the new one
     */
    public record Shape(String application, CollectionName collection, String hash) {}

    /** Those of these shapes that are not as at the last start. */
    public List<Shape> changed(Connection connection, List<Shape> shapes) throws SQLException {
        Map<Shape, String> known = stored(connection);
        return shapes.stream()
                .filter(shape -> !shape.hash().equals(known.get(key(shape))))
                .toList();
    }

    /**
     * Compares the shapes with those of the last start, and stores them. A new collection of a known application counts as
     * another shape if its table has rows already: the log does not have them. Without rows it does not count.
     *
     * @param withRows the shapes of collections whose tables have rows
     * @param nowMicros the time, in microseconds since 1970
     * @return for each application with another shape, the position before which nothing is replayed
     */
    public Map<String, Seq> update(
            Connection connection, List<Shape> shapes, Collection<Shape> withRows, long nowMicros) throws SQLException {
        Map<Shape, String> known = stored(connection);
        Set<String> applications =
                known.keySet().stream().map(Shape::application).collect(Collectors.toSet());
        Map<String, List<Shape>> changed = new TreeMap<>();
        List<Shape> added = new ArrayList<>();
        for (Shape shape : shapes) {
            String before = known.get(key(shape));
            if (before == null) {
                added.add(shape);
                if (withRows.contains(shape) && applications.contains(shape.application())) {
                    changed.computeIfAbsent(shape.application(), name -> new ArrayList<>());
                }
            } else if (!before.equals(shape.hash())) {
                changed.computeIfAbsent(shape.application(), name -> new ArrayList<>())
                        .add(shape);
            }
        }
        Map<String, Seq> floors = new TreeMap<>();
        for (Map.Entry<String, List<Shape>> application : changed.entrySet()) {
            Seq floor = raise(connection, application.getKey(), nowMicros);
            floors.put(application.getKey(), floor);
            keep(
                    connection,
                    "update lockstep_shape set shape = ?, since = ? where application = ? and collection = ?",
                    application.getValue(),
                    floor);
        }
        if (!added.isEmpty()) {
            keep(
                    connection,
                    "insert into lockstep_shape (shape, since, application, collection) values (?, ?, ?, ?)",
                    added,
                    log.head(connection));
        }
        return floors;
    }

    private static Shape key(Shape shape) {
        return new Shape(shape.application(), shape.collection(), "");
    }

    private static Map<Shape, String> stored(Connection connection) throws SQLException {
        Map<Shape, String> known = new HashMap<>();
        try (PreparedStatement select =
                        connection.prepareStatement("select application, collection, shape from lockstep_shape");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Shape shape = new Shape(rows.getString(1), new CollectionName(rows.getString(2)), "");
                known.put(shape, Objects.requireNonNull(rows.getString(3)));
            }
        }
        return known;
    }

    /**
     * Sets the floors of all rooms to a new position. The log advances by one, because a client with a cursor at the head has
     * rows of the old shape as well.
     */
    private Seq raise(Connection connection, String application, long nowMicros) throws SQLException {
        execute(
                connection,
                "select room from lockstep_room where application = ? order by application, room for update",
                application);
        LogEntry moved = LogEntry.rightsChanged(new RoomId(application, ROOM), new EntityId(ROOM), nowMicros);
        Seq floor =
                log.append(connection, 0, List.of(List.of(moved))).getFirst().last();
        execute(
                connection,
                "update lockstep_room set floor = " + floor.value() + " where application = ?",
                application);
        return floor;
    }

    private static void execute(Connection connection, String sql, String application) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, application);
            statement.execute();
        }
    }

    private static void keep(Connection connection, String sql, List<Shape> shapes, Seq since) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Shape shape : shapes) {
                statement.setString(1, shape.hash());
                statement.setLong(2, since.value());
                statement.setString(3, shape.application());
                statement.setString(4, shape.collection().value());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
