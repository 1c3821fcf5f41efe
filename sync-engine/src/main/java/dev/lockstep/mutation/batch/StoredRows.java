package dev.lockstep.mutation.batch;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Row;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.log.LogEntry;
import dev.lockstep.mutation.QueuedMutation;
import dev.lockstep.mutation.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stored rows of a batch, for collections where the database may store other values than were written. Puts them into
 * answers and log entries. Belongs to one transaction.
 */
final class StoredRows {
    private record Key(String application, CollectionName collection, EntityId id) {}

    /**
     * One row.
     *
     * @param before the row before the mutation; null if it is new
     * @param stored empty if the row cannot be read back: the database did not store it, or a restriction of its entity
     *     excludes it
     */
    private record Written(@Nullable RowImage before, RowImage written, Optional<RowImage> stored) {
        /** The row as its room sees it; a row that the database moved to another room is deleted there. */
        Optional<RowImage> visible() {
            return stored.filter(row -> !row.isDeleted() && row.room().equals(written.room()));
        }
    }

    private final Map<Key, Written> rows = new HashMap<>();

    /** @param id the row's id in the verdicts: a preliminary one, if the database has made another */
    void add(EntityId id, @Nullable RowImage before, RowImage written, Optional<RowImage> stored) {
        CollectionModel model = written.model();
        rows.put(new Key(model.application(), model.name(), id), new Written(before, written, stored));
    }

    /** The verdict with the stored rows. If a mutation changed a row several times, only the last state is stored. */
    Verdict withStoredRows(Verdict verdict, QueuedMutation queued) {
        if (rows.isEmpty() || !(verdict instanceof Verdict.Accepted accepted)) {
            return verdict;
        }
        String application = queued.mutation().room().application();
        Set<Key> changed = new HashSet<>();
        List<LogEntry> entries = entries(accepted.entries(), application, changed);
        return new Verdict.Accepted(entries, answers(accepted.rows(), application, changed));
    }

    /** @param changed receives the rows that exist after the mutation */
    private List<LogEntry> entries(List<LogEntry> written, String application, Set<Key> changed) {
        List<LogEntry> entries = new ArrayList<>();
        Set<Key> seen = new HashSet<>();
        for (LogEntry entry : written.reversed()) {
            Key key = new Key(application, entry.collection(), entry.entityId());
            Written row = rows.get(key);
            if (row == null || !seen.add(key) || entry.kind() == LogEntry.Kind.DELETE) {
                entries.add(entry);
            } else {
                changed.add(key);
                entry(entry, row).ifPresent(entries::add);
            }
        }
        return entries.reversed();
    }

    private List<Optional<Row>> answers(List<Optional<Row>> written, String application, Set<Key> changed) {
        List<Optional<Row>> answers = new ArrayList<>();
        Set<Key> seen = new HashSet<>();
        for (Optional<Row> answer : written.reversed()) {
            Optional<Key> key =
                    answer.map(row -> new Key(application, row.in(), row.id())).filter(changed::contains);
            boolean last = key.filter(seen::add).isPresent();
            answers.add(last ? key.map(rows::get).flatMap(Written::visible).map(RowImage::row) : answer);
        }
        return answers.reversed();
    }

    /** The entry with the stored row; empty if the row is new and cannot be read. */
    private static Optional<LogEntry> entry(LogEntry entry, Written row) {
        Optional<RowImage> visible = row.visible();
        if (visible.isPresent()) {
            return Optional.of(entry.storedAs(
                    visible.get().row(), fields(entry, row, visible.get()), scope(entry, row, visible.get())));
        }
        return entry.kind() == LogEntry.Kind.INSERT || row.before() == null
                ? Optional.empty()
                : Optional.of(entry.goneFrom(row.before().row().json()));
    }

    /** The names of the fields that the mutation or the database changed, in the order of JSON. */
    private static List<String> fields(LogEntry entry, Written row, RowImage stored) {
        if (!entry.kind().changes()) {
            return entry.changedFields();
        }
        Set<String> changed = new HashSet<>(entry.changedFields());
        // An earlier change of the same mutation was told as it was written: the stored value corrects it.
        changed.addAll(stored.changedSince(row.written()));
        if (row.before() != null) {
            changed.addAll(stored.changedSince(row.before()));
        }
        return stored.model().fields().stream()
                .map(FieldModel::name)
                .filter(changed::contains)
                .toList();
    }

    /** The scope of the entry: for a new row the stored one. */
    private static Optional<String> scope(LogEntry entry, Written row, RowImage stored) {
        boolean isScopeOfRow = entry.kind() == LogEntry.Kind.INSERT
                && entry.scope().equals(row.written().scope());
        return isScopeOfRow ? stored.scope() : entry.scope();
    }
}
