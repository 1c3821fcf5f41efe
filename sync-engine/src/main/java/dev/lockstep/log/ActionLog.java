package dev.lockstep.log;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.StatementPipeline.PendingResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The log in its tables. Every method works in the transaction of the connection it is given; any transaction may
 * append. Thread-safe.
 */
public final class ActionLog {
    /** Characters of actions in one page of {@link #readAfter}, about: a commit is never cut. */
    static final long PAGE_CHARACTERS_MAX = 4L * 1024 * 1024;

    private static final String HEAD_IS_LOST = "lockstep_head has lost its row: restore the database from a backup";

    private static final String HEAD = "select seq from lockstep_head where id = 1";

    private final HighWaterMark known;
    private final Epochs epochs;

    /** A log without a high-water mark, which never detects a restore. */
    public ActionLog() {
        this(new HighWaterMark(), new Epochs(InstantSource.fixed(Instant.EPOCH)));
    }

    /** @param known the highest position that this node has seen: an append after a lower head begins a new epoch */
    ActionLog(HighWaterMark known, Epochs epochs) {
        this.known = known;
        this.epochs = epochs;
    }

    /**
     * Appends mutations, each as one commit, in the given order. Call it last in a transaction, just before its commit:
     * it locks the head row, and its holder must wait for nothing but the disk. Takes a fixed number of
     * statements, however many mutations there are.
     *
     * @param batchId a random number by which {@link #containsBatch} identifies the batch
     * @param mutations the entries of each; none of them empty
     * @return the commits with their positions
     */
    public List<Commit> append(Connection connection, long batchId, List<List<LogEntry>> mutations)
            throws SQLException {
        StatementPipeline closing = new StatementPipeline(connection);
        List<Commit> commits = append(closing, batchId, mutations);
        closing.execute();
        return commits;
    }

    /**
     * The same in two round trips: the first also runs the statements that were added before; the second inserts the actions
     * and is run by the caller.
     */
    public List<Commit> append(StatementPipeline closing, long batchId, List<List<LogEntry>> mutations)
            throws SQLException {
        if (mutations.isEmpty()) {
            return List.of();
        }
        long actions = mutations.stream().mapToInt(List::size).sum();
        PendingResult<Seq> moved = closing.updateOne(
                "update lockstep_head set seq = seq + ? where id = 1",
                List.of(actions),
                List.of("seq"),
                row -> new Seq(row.getLong(1)),
                HEAD_IS_LOST);
        FrameNumbers.Taken numbers = FrameNumbers.take(closing, mutations);
        closing.execute();
        Seq found = new Seq(moved.value().value() - actions);
        Seq head = known.position().isAfter(found)
                ? epochs.renewWhileAppending(closing.connection(), known.position(), actions)
                : found;
        List<Commit> commits = place(mutations, head, numbers.numbers(closing.connection()));
        insert(closing, batchId, commits);
        return commits;
    }

    /**
     * Whether a batch was committed, for a writer that lost its connection at the commit. Waits for the head row, which a
     * running commit keeps locked.
     *
     * @param first the position of the batch's first action, if it was committed
     */
    public boolean containsBatch(Connection connection, long batchId, Seq first) throws SQLException {
        lockHead(connection);
        String sql = "select group_id from lockstep_action where seq = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, first.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getLong(1) == batchId;
            }
        }
    }

    /** The actions in the given ranges that were not pruned. */
    public List<Action> read(Connection connection, List<Range> ranges) throws SQLException {
        if (ranges.isEmpty()) {
            return List.of();
        }
        List<String> each = Collections.nCopies(ranges.size(), "seq between ? and ?");
        String sql = "select " + ActionRow.COLUMNS + " from lockstep_action where " + String.join(" or ", each)
                + " order by seq";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int parameter = 1;
            for (Range range : ranges) {
                select.setLong(parameter++, range.first().value());
                select.setLong(parameter++, range.last().value());
            }
            return ActionRow.readAll(select, Long.MAX_VALUE).stream()
                    .map(ActionRow::action)
                    .toList();
        }
    }

    /** A range of positions, both included. */
    public record Range(Seq first, Seq last) {}

    /** The last position that is committed and visible. */
    public Seq head(Connection connection) throws SQLException {
        return readHead(connection, HEAD);
    }

    /** The same, queried when the pipeline runs. */
    public PendingResult<Seq> head(StatementPipeline opening) {
        return opening.queryOne(HEAD, List.of(), row -> new Seq(row.getLong(1)), HEAD_IS_LOST);
    }

    static Seq lockHead(Connection connection) throws SQLException {
        return readHead(connection, "select seq from lockstep_head where id = 1 for update");
    }

    private static Seq readHead(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException(HEAD_IS_LOST);
            }
            return new Seq(row.getLong(1));
        }
    }

    private static List<Commit> place(List<List<LogEntry>> mutations, Seq head, List<long[]> numbers) {
        List<Commit> commits = new ArrayList<>(mutations.size());
        long seq = head.value();
        for (int m = 0; m < mutations.size(); m++) {
            List<LogEntry> entries = mutations.get(m);
            List<Action> actions = new ArrayList<>(entries.size());
            for (int e = 0; e < entries.size(); e++) {
                actions.add(new Action(new Seq(++seq), numbers.get(m)[e], entries.get(e)));
            }
            commits.add(new Commit(actions));
        }
        return commits;
    }

    private static void insert(StatementPipeline closing, long batchId, List<Commit> commits) {
        List<List<Object>> rows = new ArrayList<>();
        for (Commit commit : commits) {
            for (Action action : commit.actions()) {
                rows.add(ActionRow.parameters(batchId, commit, action));
            }
        }
        closing.update(
                "insert into lockstep_action (" + ActionRow.COLUMNS + ", group_id)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    /**
     * Reads forward from a position. A page may exceed its limits to finish a commit.
     *
     * @param after the position to read from, exclusive
     * @param actionsMax the approximate number of actions to read
     * @return whole commits in order of Seq; empty at the head
     */
    public List<Commit> readAfter(Connection connection, Seq after, int actionsMax) throws SQLException {
        String page = "select " + ActionRow.COLUMNS
                + " from lockstep_action where seq > ? order by seq fetch first ? rows only";
        List<ActionRow> rows;
        try (PreparedStatement select = connection.prepareStatement(page)) {
            select.setLong(1, after.value());
            select.setInt(2, actionsMax);
            rows = ActionRow.readAll(select, PAGE_CHARACTERS_MAX);
        }
        if (!rows.isEmpty() && !rows.getLast().endsCommit()) {
            rows.addAll(restOfCommit(connection, rows.getLast()));
        }
        return commits(rows);
    }

    /**
     * Reads the actions of some rooms forward from a position. The position may lie within a partly received commit, whose
     * rest is read. A page may exceed its limits to finish a commit.
     *
     * @param after the position to read from, exclusive
     * @param upTo the last position to read, the end of a commit
     */
    public RoomsPage readAfter(Connection connection, Collection<RoomId> rooms, Seq after, Seq upTo, PageLimits limits)
            throws SQLException {
        long begin = beginOfCommit(connection, after);
        List<ActionRow> rows = RoomActions.read(connection, rooms, begin, upTo.value(), limits);
        Seq reached = upTo;
        if (limits.reachedBy(rows)) {
            ActionRow last = rows.getLast();
            reached = new Seq(last.commitLast());
            if (!last.endsCommit()) {
                rows.addAll(RoomActions.read(
                        connection, rooms, last.action().seq().value(), last.commitLast(), PageLimits.NONE));
            }
        }
        List<Commit> parts = new ArrayList<>(rows.size());
        for (Commit commit : commitsOf(rows)) {
            for (Commit part : commit.byRoom().values()) {
                if (part.last().isAfter(after)) {
                    parts.add(part);
                }
            }
        }
        parts.sort(Comparator.comparing(Commit::last));
        return new RoomsPage(parts, reached);
    }

    /** Whether some rooms have actions after a position. */
    public boolean has(Connection connection, Collection<RoomId> rooms, Seq after, Seq upTo) throws SQLException {
        return RoomActions.has(connection, rooms, after.value(), upTo.value());
    }

    /**
     * The actions of some rooms in a part of the log.
     *
     * @param commits each room's part of each commit, by its last position
     * @param reached the position up to which the log was read
     */
    public record RoomsPage(List<Commit> commits, Seq reached) {}

    private static long beginOfCommit(Connection connection, Seq after) throws SQLException {
        String sql = "select commit_first from lockstep_action where seq = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, after.value() + 1);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Math.min(after.value(), row.getLong(1) - 1) : after.value();
            }
        }
    }

    private static List<Commit> commitsOf(List<ActionRow> rows) {
        List<Commit> commits = new ArrayList<>(rows.size());
        List<Action> open = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            ActionRow row = rows.get(i);
            open.add(row.action());
            if (i + 1 == rows.size() || rows.get(i + 1).commitLast() != row.commitLast()) {
                commits.add(new Commit(open, new Seq(row.commitLast())));
                open.clear(); // the commit has a copy
            }
        }
        return commits;
    }

    private static List<ActionRow> restOfCommit(Connection connection, ActionRow last) throws SQLException {
        String rest = "select " + ActionRow.COLUMNS + " from lockstep_action where seq > ? and seq <= ? order by seq";
        try (PreparedStatement select = connection.prepareStatement(rest)) {
            select.setLong(1, last.action().seq().value());
            select.setLong(2, last.commitLast());
            return ActionRow.readAll(select, Long.MAX_VALUE);
        }
    }

    private static List<Commit> commits(List<ActionRow> rows) {
        List<Commit> commits = new ArrayList<>();
        List<Action> open = new ArrayList<>();
        for (ActionRow row : rows) {
            open.add(row.action());
            if (row.endsCommit()) {
                commits.add(new Commit(open));
                open = new ArrayList<>();
            }
        }
        return commits;
    }
}
