package dev.lockstep.mutation.batch;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.Row;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.row.ScopeLabels;
import dev.lockstep.log.LogEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The log entries of one mutation, in the order of its changes. Belongs to one transaction. */
final class MutationEntries {
    private final Mutation mutation;
    private final LongSupplier nextStampMicros;
    private final List<LogEntry> entries = new ArrayList<>();
    private @Nullable Instant stamp;

    /** @param nextStampMicros the next stamp of the mutation's rooms; called at most once */
    MutationEntries(Mutation mutation, LongSupplier nextStampMicros) {
        this.mutation = mutation;
        this.nextStampMicros = nextStampMicros;
    }

    List<LogEntry> all() {
        return entries;
    }

    /** The stamp of the whole mutation, taken when it first changes a row. */
    Instant stamp() {
        if (stamp == null) {
            stamp = Instant.EPOCH.plus(nextStampMicros.getAsLong(), ChronoUnit.MICROS);
        }
        return stamp;
    }

    /** Adds an insert; returns the row. */
    Row inserted(RowImage row, Optional<String> scope) {
        return changed(row, LogEntry.Kind.INSERT, Optional.empty(), List.of(), scope);
    }

    /** Adds a change of a row; returns the row after it. */
    Row updated(LogEntry.Kind kind, RowImage before, RowImage after) {
        Optional<String> scope = ScopeLabels.of(false, mutation.scope(), after.scope());
        Optional<Row> rowBefore = after.model().logsRowsBefore() ? Optional.of(before.row()) : Optional.empty();
        return changed(after, kind, rowBefore, after.changedSince(before), scope);
    }

    /** Adds a delete, or the departure from a room or scope; returns the row before it. */
    Row deleted(RowImage row, Optional<String> scope) {
        Row before = row.row();
        entries.add(entry(row, LogEntry.Kind.DELETE, Optional.empty(), Optional.of(before), List.of(), scope));
        return before;
    }

    private Row changed(
            RowImage image, LogEntry.Kind kind, Optional<Row> before, List<String> fields, Optional<String> scope) {
        Row row = image.row();
        entries.add(entry(image, kind, Optional.of(row), before, fields, scope));
        return row;
    }

    private LogEntry entry(
            RowImage image,
            LogEntry.Kind kind,
            Optional<Row> rowAfter,
            Optional<Row> rowBefore,
            List<String> changedFields,
            Optional<String> scope) {
        LogEntry entry = new LogEntry(
                image.room(),
                image.model().name(),
                image.id(),
                new LogEntry.RowChange(kind, rowAfter.map(Row::json), rowBefore.map(Row::json), changedFields),
                mutation.isBulk(),
                ChronoUnit.MICROS.between(Instant.EPOCH, stamp()),
                scope,
                new LogEntry.Origin(mutation.caller().subject(), mutation.id()));
        return image.model().filtered() || !image.model().logsRowsBefore() ? entry : entry.sharingFrame();
    }
}
