package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Numbers the live frames of each collection in a room, from 1 and without gaps. Frames, not actions, consume numbers:
 * the actions of one mutation that share collection, kind and scope travel in one frame.
 */
public final class FrameNumbers {
    private record Counter(RoomId room, CollectionName collection) {
        static Counter of(Entry entry) {
            return new Counter(entry.room(), entry.collection());
        }
    }

    private record Frame(Counter counter, Entry.Kind kind, Optional<String> scope) {
        static Frame of(Entry entry) {
            return new Frame(Counter.of(entry), entry.kind(), entry.scope());
        }
    }

    /**
     * Takes the next numbers. The caller holds the lock of the head row, so nobody else can take the same.
     *
     * @return for each mutation, for each entry, the number of its frame
     */
    List<long[]> take(Connection connection, List<List<Entry>> mutations) throws SQLException {
        Set<Counter> touched = new LinkedHashSet<>();
        mutations.forEach(entries -> entries.forEach(entry -> touched.add(Counter.of(entry))));
        Map<Counter, Long> known = read(connection, touched);
        Map<Counter, Long> next = new HashMap<>(known);
        List<long[]> numbers = new ArrayList<>(mutations.size());
        for (List<Entry> entries : mutations) {
            numbers.add(number(entries, next));
        }
        write(connection, next, known);
        return numbers;
    }

    private static long[] number(List<Entry> entries, Map<Counter, Long> next) {
        Map<Frame, Long> frames = new HashMap<>();
        long[] numbers = new long[entries.size()];
        for (int i = 0; i < numbers.length; i++) {
            Frame frame = Frame.of(entries.get(i));
            numbers[i] = frames.computeIfAbsent(frame, first -> next.merge(first.counter(), 1L, Long::sum));
        }
        return numbers;
    }

    /** The last frame number of each collection that ever had one in this room. */
    public Map<CollectionName, Long> of(Connection connection, RoomId room) throws SQLException {
        String sql = "select collection, number from lockstep_counter where application = ? and room = ?";
        Map<CollectionName, Long> numbers = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, room.application());
            select.setString(2, room.name());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    numbers.put(new CollectionName(rows.getString(1)), rows.getLong(2));
                }
            }
        }
        return numbers;
    }

    private static Map<Counter, Long> read(Connection connection, Set<Counter> counters) throws SQLException {
        String each = "(application = ? and room = ? and collection = ?)";
        String sql = "select application, room, collection, number from lockstep_counter where "
                + String.join(" or ", Collections.nCopies(counters.size(), each));
        Map<Counter, Long> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int parameter = 1;
            for (Counter counter : counters) {
                select.setString(parameter++, counter.room().application());
                select.setString(parameter++, counter.room().name());
                select.setString(parameter++, counter.collection().value());
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    RoomId room = new RoomId(rows.getString(1), rows.getString(2));
                    found.put(new Counter(room, new CollectionName(rows.getString(3))), rows.getLong(4));
                }
            }
        }
        return found;
    }

    private static void write(Connection connection, Map<Counter, Long> next, Map<Counter, Long> known)
            throws SQLException {
        String update = "update lockstep_counter set number = ? where application = ? and room = ? and collection = ?";
        String insert = "insert into lockstep_counter (number, application, room, collection) values (?, ?, ?, ?)";
        try (PreparedStatement changed = connection.prepareStatement(update);
                PreparedStatement added = connection.prepareStatement(insert)) {
            for (var counter : next.entrySet()) {
                add(known.containsKey(counter.getKey()) ? changed : added, counter.getKey(), counter.getValue());
            }
            changed.executeBatch();
            added.executeBatch();
        }
    }

    private static void add(PreparedStatement statement, Counter counter, long number) throws SQLException {
        statement.setLong(1, number);
        statement.setString(2, counter.room().application());
        statement.setString(3, counter.room().name());
        statement.setString(4, counter.collection().value());
        statement.addBatch();
    }
}
