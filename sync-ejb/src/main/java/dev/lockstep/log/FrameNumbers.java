package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers the live frames of each collection in a room, from 1 and without gaps. Frames, not actions, consume numbers:
 * the actions of one mutation that share collection, kind and scope travel in one frame. But an update in a collection with
 * a read filter has one of its own: to some it is an insert, to others a delete, and a frame is of one kind.
 */
public final class FrameNumbers {
    /** The columns that a moved counter tells. */
    private static final String[] MOVED = {"application", "room", "collection", "number"};

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
        Map<Counter, Long> taken = new HashMap<>();
        List<long[]> numbers = new ArrayList<>(mutations.size());
        for (List<Entry> entries : mutations) {
            numbers.add(number(entries, taken));
        }
        Map<Counter, Long> now = move(connection, taken);
        for (int m = 0; m < numbers.size(); m++) {
            long[] ofMutation = numbers.get(m);
            for (int e = 0; e < ofMutation.length; e++) {
                Counter counter = Counter.of(mutations.get(m).get(e));
                ofMutation[e] += now.getOrDefault(counter, 0L) - taken.getOrDefault(counter, 0L);
            }
        }
        return numbers;
    }

    private static long[] number(List<Entry> entries, Map<Counter, Long> next) {
        Map<Frame, Long> frames = new HashMap<>();
        long[] numbers = new long[entries.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (entries.get(i).kind() == Entry.Kind.RIGHTS) {
                continue; // in no frame
            }
            Frame frame = Frame.of(entries.get(i));
            numbers[i] = entries.get(i).mayBeSeenInPart()
                    ? next.merge(frame.counter(), 1L, Long::sum)
                    : frames.computeIfAbsent(frame, first -> next.merge(first.counter(), 1L, Long::sum));
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

    /** Moves counters on by what was taken of each, in one round trip; where they stand now. */
    private static Map<Counter, Long> move(Connection connection, Map<Counter, Long> taken) throws SQLException {
        String sql = "update lockstep_counter set number = number + ?"
                + " where application = ? and room = ? and collection = ?";
        Map<Counter, Long> now = new HashMap<>();
        try (PreparedStatement update = connection.prepareStatement(sql, MOVED)) {
            for (var counter : taken.entrySet()) {
                add(update, counter.getKey(), counter.getValue());
            }
            update.executeBatch();
            try (ResultSet moved = update.getGeneratedKeys()) {
                while (moved.next()) {
                    RoomId room = new RoomId(moved.getString(1), moved.getString(2));
                    now.put(new Counter(room, new CollectionName(moved.getString(3))), moved.getLong(4));
                }
            }
        }
        begin(connection, taken, now);
        return now;
    }

    /** Stores the counters that there were none of yet. */
    private static void begin(Connection connection, Map<Counter, Long> taken, Map<Counter, Long> now)
            throws SQLException {
        if (now.size() == taken.size()) {
            return;
        }
        String sql = "insert into lockstep_counter (number, application, room, collection) values (?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (var counter : taken.entrySet()) {
                if (now.putIfAbsent(counter.getKey(), counter.getValue()) == null) {
                    add(insert, counter.getKey(), counter.getValue());
                }
            }
            insert.executeBatch();
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
