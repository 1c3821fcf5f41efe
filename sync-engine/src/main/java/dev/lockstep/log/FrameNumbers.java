package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.database.StatementPipeline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers the live frames of each collection in a room, from 1 and without gaps. Frames, not actions, consume numbers:
 * the actions of one mutation that share collection, kind and scope share a frame, unless their row has changed in a later
 * one: a row that leaves a room, returns and leaves again leaves in two frames. An update in a collection with a read
 * filter has its own frame: it is an insert to some callers and a delete to others, and a frame has one kind.
 */
public final class FrameNumbers {
    private FrameNumbers() {}

    private record Counter(RoomId room, CollectionName collection) {
        static Counter of(LogEntry entry) {
            return new Counter(entry.room(), entry.collection());
        }

        /** A number and its counter. */
        List<Object> after(long number) {
            return List.of(number, room.namespace(), room.name(), collection.value());
        }
    }

    private record Frame(Counter counter, LogEntry.Kind kind, Optional<String> scope) {
        static Frame of(LogEntry entry) {
            return new Frame(Counter.of(entry), entry.kind(), entry.scope());
        }
    }

    private record ChangedRow(Counter counter, EntityId id) {}

    /**
     * Takes the next numbers when the pipeline runs. The caller holds the lock of the head row, so no other transaction takes
     * the same.
     */
    static Taken take(StatementPipeline closing, List<List<LogEntry>> mutations) {
        Map<Counter, Long> counts = new HashMap<>();
        List<long[]> numbers = new ArrayList<>(mutations.size());
        for (List<LogEntry> entries : mutations) {
            numbers.add(number(entries, counts));
        }
        Taken taken = new Taken(mutations, counts, numbers);
        List<List<Object>> moves = new ArrayList<>(counts.size());
        counts.forEach((counter, count) -> moves.add(counter.after(count)));
        closing.update(
                "update lockstep_counter set number = number + ? where application = ? and room = ? and collection = ?",
                moves,
                List.of("application", "room", "collection", "number"),
                taken::moved);
        return taken;
    }

    /** The numbers of some mutations' frames. Belongs to one transaction. */
    static final class Taken {
        private final List<List<LogEntry>> mutations;
        private final Map<Counter, Long> counts;
        private final List<long[]> numbers;
        private final Map<Counter, Long> now = new HashMap<>();

        private Taken(List<List<LogEntry>> mutations, Map<Counter, Long> counts, List<long[]> numbers) {
            this.mutations = mutations;
            this.counts = counts;
            this.numbers = numbers;
        }

        private void moved(ResultSet row) throws SQLException {
            RoomId room = new RoomId(row.getString(1), row.getString(2));
            now.put(new Counter(room, new CollectionName(row.getString(3))), row.getLong(4));
        }

        /**
         * The numbers, once the pipeline has run: for each entry of each mutation the number of its frame. New counters are
         * stored here.
         */
        List<long[]> numbers(Connection connection) throws SQLException {
            begin(connection);
            for (int m = 0; m < numbers.size(); m++) {
                long[] ofMutation = numbers.get(m);
                for (int e = 0; e < ofMutation.length; e++) {
                    Counter counter = Counter.of(mutations.get(m).get(e));
                    ofMutation[e] += now.getOrDefault(counter, 0L) - counts.getOrDefault(counter, 0L);
                }
            }
            return numbers;
        }

        private void begin(Connection connection) throws SQLException {
            List<List<Object>> missing = new ArrayList<>();
            counts.forEach((counter, count) -> {
                if (now.putIfAbsent(counter, count) == null) {
                    missing.add(counter.after(count));
                }
            });
            StatementPipeline adding = new StatementPipeline(connection);
            adding.update(
                    "insert into lockstep_counter (number, application, room, collection) values (?, ?, ?, ?)",
                    missing);
            adding.execute();
        }
    }

    private static long[] number(List<LogEntry> entries, Map<Counter, Long> next) {
        Map<Frame, Long> frames = new HashMap<>();
        Map<ChangedRow, Long> ofRows = new HashMap<>();
        long[] numbers = new long[entries.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!entries.get(i).kind().isOfRow()) {
                continue; // in no frame
            }
            LogEntry entry = entries.get(i);
            Frame frame = Frame.of(entry);
            ChangedRow row = new ChangedRow(frame.counter(), entry.entityId());
            long begun = entry.ownFrame() ? 0 : frames.getOrDefault(frame, 0L);
            boolean isShared = begun > 0 && begun >= ofRows.getOrDefault(row, 0L);
            numbers[i] = isShared ? begun : next.merge(frame.counter(), 1L, Long::sum);
            if (!entry.ownFrame()) {
                frames.put(frame, numbers[i]);
            }
            ofRows.put(row, numbers[i]);
        }
        return numbers;
    }

    /**
     * The last frame number of each collection with frames in this room. Runs the pipeline.
     */
    public static Map<CollectionName, Long> of(StatementPipeline opening, RoomId room) throws SQLException {
        Map<CollectionName, Long> numbers = new HashMap<>();
        opening.query(
                "select collection, number from lockstep_counter where application = ? and room = ?",
                List.of(room.namespace(), room.name()),
                row -> numbers.put(new CollectionName(row.getString(1)), row.getLong(2)));
        opening.execute();
        return numbers;
    }
}
