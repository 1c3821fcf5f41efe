package dev.lockstep.mutation.batch;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.log.Action;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.ActionLog.Range;
import dev.lockstep.log.LogEntry;
import dev.lockstep.mutation.PreparedChange;
import dev.lockstep.mutation.QueuedMutation;
import dev.lockstep.mutation.Verdict;
import dev.lockstep.mutation.idempotency.IdempotencyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The first results of repeated mutations, rebuilt from their actions in the log, or from the current rows where those were
 * pruned. Belongs to one transaction.
 */
final class StoredResults {
    /** A change has one action; a change that moves its row between rooms or scopes has two. */
    private static final int ACTIONS_OF_A_CHANGE_MAX = 2;

    /** The row of a change. */
    private record Target(CollectionModel model, EntityId id, boolean deleted) {}

    private record Key(CollectionName collection, EntityId id) {}

    private final IdentityHashMap<QueuedMutation, IdempotencyStore.StoredResult> repeated;
    private final NavigableMap<Seq, Action> actions = new TreeMap<>();
    private final Map<CollectionModel, Map<EntityId, RowImage>> current = new HashMap<>();

    private StoredResults(IdentityHashMap<QueuedMutation, IdempotencyStore.StoredResult> repeated) {
        this.repeated = repeated;
    }

    /** Reads the results with one statement, and one more per collection with rows whose actions were pruned. */
    static StoredResults of(
            IdentityHashMap<QueuedMutation, IdempotencyStore.StoredResult> repeated,
            ActionLog log,
            Connection connection,
            RowRepository rows)
            throws SQLException {
        StoredResults results = new StoredResults(repeated);
        log.read(connection, needed(repeated)).forEach(action -> results.actions.put(action.seq(), action));
        results.readPruned(rows);
        return results;
    }

    /** The log positions of the actions that the results need. */
    static List<Range> needed(Map<QueuedMutation, IdempotencyStore.StoredResult> repeated) {
        List<Range> needed = new ArrayList<>();
        repeated.forEach((queued, stored) -> {
            if (queued.isFor(stored.key())) {
                stored.range().map(range -> requested(range, stored)).ifPresent(needed::add);
            }
        });
        return needed;
    }

    /** The actions of the requested changes. They come first; cascades follow, may be thousands, and are in no answer. */
    static Range requested(Range range, IdempotencyStore.StoredResult stored) {
        long actionsMax = (long) stored.shape().length() * ACTIONS_OF_A_CHANGE_MAX;
        Seq last = range.first().plus(actionsMax - 1);
        return last.isAfter(range.last()) ? range : new Range(range.first(), last);
    }

    private void readPruned(RowRepository rows) {
        Map<CollectionModel, SortedSet<EntityId>> wanted = new HashMap<>();
        repeated.forEach((queued, stored) -> {
            if (isPruned(stored) && queued.isFor(stored.key())) {
                targets(queued.changes(), stored)
                        .forEach(target ->
                                target.ifPresent(row -> wanted.computeIfAbsent(row.model(), model -> new TreeSet<>())
                                        .add(row.id())));
            }
        });
        wanted.forEach((model, ids) -> current.put(model, rows.images(model, ids)));
    }

    private boolean isPruned(IdempotencyStore.StoredResult stored) {
        return stored.range()
                .filter(range -> !actions.containsKey(range.first()))
                .isPresent();
    }

    /** The first result of a repeated mutation. */
    MutationResult to(QueuedMutation queued) {
        IdempotencyStore.StoredResult stored = repeated.get(queued);
        if (stored == null) {
            throw new IllegalStateException("a repeat has no stored result");
        }
        if (stored.refusal().isPresent()) {
            return new MutationResult.Refused(stored.refusal().get());
        }
        Seq last = stored.range().map(Range::last).orElse(Seq.START);
        if (!queued.isFor(stored.key())) {
            return toAnotherRequest(last, queued);
        }
        Map<Key, Deque<LogEntry>> logged = logged(stored);
        Set<RoomId> rooms = queued.rooms();
        List<Optional<Row>> rows = new ArrayList<>();
        for (Optional<Target> target : targets(queued.changes(), stored)) {
            rows.add(target.flatMap(row -> isPruned(stored) ? current(row, rooms) : next(logged, row)));
        }
        return new MutationResult.Applied(last, rows).again();
    }

    /**
     * The first result for a different request with the same id. It has no rows: access to rows that the request does not
     * name was not checked.
     */
    static MutationResult toAnotherRequest(Seq last, QueuedMutation queued) {
        return new MutationResult.Applied(
                        last, Collections.nCopies(queued.changes().size(), Optional.empty()))
                .again();
    }

    private Map<Key, Deque<LogEntry>> logged(IdempotencyStore.StoredResult stored) {
        Map<Key, Deque<LogEntry>> logged = new HashMap<>();
        stored.range()
                .ifPresent(range -> actions.subMap(range.first(), true, range.last(), true)
                        .values()
                        .forEach(action -> {
                            LogEntry entry = action.entry();
                            logged.computeIfAbsent(
                                            new Key(entry.collection(), entry.entityId()), key -> new ArrayDeque<>())
                                    .add(entry);
                        }));
        return logged;
    }

    static Row row(LogEntry entry) {
        return new Row(
                entry.collection(),
                entry.entityId(),
                entry.rowAfter().or(entry::rowBefore).orElseThrow());
    }

    /**
     * The next action of a row. A row has one action per change of the mutation, in their order; a move between rooms or
     * scopes adds a leading delete.
     */
    private static Optional<Row> next(Map<Key, Deque<LogEntry>> logged, Target target) {
        Deque<LogEntry> entries = logged.getOrDefault(new Key(target.model().name(), target.id()), new ArrayDeque<>());
        LogEntry entry = entries.poll();
        if (entry != null && entry.kind() == LogEntry.Kind.DELETE && !target.deleted()) {
            entry = entries.poll();
        }
        return Optional.ofNullable(entry).map(StoredResults::row);
    }

    private Optional<Row> current(Target target, Set<RoomId> rooms) {
        return Optional.ofNullable(
                        current.getOrDefault(target.model(), Map.of()).get(target.id()))
                .filter(image -> !image.isDeleted() && image.hasRoom() && rooms.contains(image.room()))
                .map(RowImage::row);
    }

    /** The row of each change; empty where there was none. */
    private static List<Optional<Target>> targets(List<PreparedChange> changes, IdempotencyStore.StoredResult stored) {
        List<Optional<Target>> targets = new ArrayList<>();
        Iterator<EntityId> made = stored.madeIds().iterator();
        for (int i = 0; i < stored.shape().length(); i++) {
            PreparedChange change = changes.get(i);
            boolean deleted = change instanceof PreparedChange.Delete;
            targets.add(
                    stored.shape().charAt(i) == '+'
                            ? Optional.of(
                                    new Target(change.model(), change.row().orElseGet(made::next), deleted))
                            : Optional.empty());
        }
        return targets;
    }

    /** A character for each change: {@code +} if it had a row, {@code -} if there was none to change. */
    static String shape(Verdict.Accepted accepted) {
        return accepted.rows().stream().map(row -> row.isPresent() ? "+" : "-").collect(Collectors.joining());
    }

    /** The ids that the server generated for the rows of these changes, in their order. */
    static List<EntityId> madeIds(List<PreparedChange> changes, Verdict.Accepted accepted) {
        List<EntityId> made = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i).row().isEmpty()) {
                accepted.rows().get(i).map(Row::id).ifPresent(made::add);
            }
        }
        return made;
    }
}
