package dev.lockstep.mutation.batch;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Condition;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.EntityIds;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.row.ScopeLabels;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.RoomStamps;
import dev.lockstep.mutation.PreparedChange;
import dev.lockstep.mutation.QueuedMutation;
import dev.lockstep.mutation.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the mutations of a group one after another, each against the rows as the ones before it leave them. What it
 * finds wrong is a value, not an SQL error. Belongs to one transaction.
 */
final class MutationEvaluator {
    private final BatchRows rows;
    private final RoomStamps stamps;
    private final EntityIds ids;
    private final long nowMicros;

    /**
     * A judge for one group.
     *
     * @param rows the locked rows of the group
     * @param stamps the locked stamps of its rooms
     * @param nowMicros the time, in microseconds since 1970
     */
    MutationEvaluator(BatchRows rows, RoomStamps stamps, EntityIds ids, long nowMicros) {
        this.rows = rows;
        this.stamps = stamps;
        this.ids = ids;
        this.nowMicros = nowMicros;
    }

    Verdict evaluate(QueuedMutation queued) {
        Evaluation evaluation = new Evaluation(queued.mutation(), queued.rooms());
        Optional<Refusal> changed = evaluation.unlessUnchanged(queued.changes());
        if (changed.isPresent()) {
            return new Verdict.Refused(changed.get());
        }
        for (PreparedChange change : queued.changes()) {
            Optional<Refusal> refusal = evaluation.evaluate(change);
            if (refusal.isPresent()) {
                rows.forgetMutation();
                return new Verdict.Refused(refusal.get());
            }
        }
        Verdict verdict = evaluation.withChildren(queued.queuedAtNanos());
        if (verdict instanceof Verdict.Accepted) {
            rows.keepMutation();
        } else {
            rows.forgetMutation();
        }
        return verdict;
    }

    /** One mutation before the judge. */
    private final class Evaluation {
        private final Mutation mutation;
        private final Set<RoomId> rooms;
        private final boolean ownersOnly;
        private final List<LogEntry> entries = new ArrayList<>();
        private final List<Optional<Row>> after = new ArrayList<>();
        private final List<RowImage> deleted = new ArrayList<>();
        private @Nullable Instant stamp;

        Evaluation(Mutation mutation, Set<RoomId> rooms) {
            this.mutation = mutation;
            this.rooms = rooms;
            this.ownersOnly = mutation.conditions().contains(new Condition.Owned());
        }

        /** Asked before the mutation changes any of its rows: they are compared as those before it left them. */
        Optional<Refusal> unlessUnchanged(List<PreparedChange> changes) {
            if (mutation.conditions().isEmpty()) {
                return Optional.empty();
            }
            Map<CollectionName, CollectionModel> models = new HashMap<>();
            changes.forEach(change -> models.put(change.model().name(), change.model()));
            for (Condition condition : mutation.conditions()) {
                if (condition instanceof Condition.Unchanged row && !isUnchanged(row, models.get(row.in()))) {
                    return Optional.of(new Refusal(
                            ErrorCode.ROW_CHANGED,
                            "The row changed while it was looked up whose it is; send it again"));
                }
            }
            return Optional.empty();
        }

        private boolean isUnchanged(Condition.Unchanged row, @Nullable CollectionModel model) {
            return model != null && living(model, row.id()).map(RowImage::row).equals(row.seen());
        }

        Optional<Refusal> evaluate(PreparedChange change) {
            return switch (change) {
                case PreparedChange.Insert insert -> insert(insert);
                case PreparedChange.Update update -> update(update);
                case PreparedChange.Archive archive -> archive(archive);
                case PreparedChange.Delete delete -> delete(delete);
            };
        }

        private Optional<Refusal> insert(PreparedChange.Insert insert) {
            CollectionModel model = insert.model();
            EntityId id = insert.row().orElseGet(ids::next);
            if (rows.isTaken(model, id)) {
                return Optional.of(new Refusal(
                        ErrorCode.IN_USE, "The id '" + id + "' is taken in '" + model.name() + "'; choose another"));
            }
            RowImage born = insert.image().born(id, room(model).name(), stamp());
            Optional<Refusal> tooLong = tooLong(born);
            if (tooLong.isPresent()) {
                return tooLong;
            }
            rows.put(born);
            after.add(Optional.of(inserted(born, ScopeLabels.of(true, mutation.scope(), born.scope()))));
            return Optional.empty();
        }

        private Optional<Refusal> update(PreparedChange.Update update) {
            CollectionModel model = update.model();
            Optional<RowImage> before = living(model, update.id())
                    .filter(row -> ScopeLabels.isInScope(mutation.scope(), row) || update.movesTo(mutation.scope()));
            if (before.isEmpty()) {
                after.add(Optional.empty());
                return Optional.empty();
            }
            if (isAnothers(before.get())) {
                return Optional.of(notOwned(update.id()));
            }
            if (update.version()
                    .filter(version -> !before.get().hasVersion(version))
                    .isPresent()) {
                return Optional.of(stale(before.get()));
            }
            RowImage changed = before.get().changed(update.values(), stamp());
            RowImage next = update.target().map(changed::movedTo).orElse(changed);
            Optional<Refusal> tooLong = tooLong(next);
            if (tooLong.isPresent()) {
                return tooLong;
            }
            rows.put(next);
            if (update.target().isPresent()) {
                gone(
                        before.get(),
                        ScopeLabels.of(false, mutation.scope(), before.get().scope()));
                after.add(Optional.of(inserted(next, ScopeLabels.of(true, mutation.scope(), next.scope()))));
            } else if (ScopeLabels.moved(before.get(), next)) {
                gone(before.get(), before.get().scope());
                after.add(Optional.of(inserted(next, next.scope())));
            } else {
                after.add(Optional.of(changed(LogEntry.Kind.UPDATE, before.get(), next)));
            }
            return Optional.empty();
        }

        private Optional<Refusal> archive(PreparedChange.Archive archive) {
            Optional<RowImage> before =
                    living(archive.model(), archive.id()).filter(row -> ScopeLabels.isInScope(mutation.scope(), row));
            if (before.isEmpty()) {
                after.add(Optional.empty());
                return Optional.empty();
            }
            if (isAnothers(before.get())) {
                return Optional.of(notOwned(archive.id()));
            }
            RowImage next = before.get().archived(archive.at(), stamp());
            rows.put(next);
            LogEntry.Kind kind = archive.at().isPresent() ? LogEntry.Kind.ARCHIVE : LogEntry.Kind.UNARCHIVE;
            after.add(Optional.of(changed(kind, before.get(), next)));
            return Optional.empty();
        }

        private Optional<Refusal> delete(PreparedChange.Delete delete) {
            CollectionModel model = delete.model();
            Optional<RowImage> before =
                    living(model, delete.id()).filter(row -> ScopeLabels.isInScope(mutation.scope(), row));
            if (before.isEmpty()) {
                after.add(Optional.empty());
                return Optional.empty();
            }
            if (isAnothers(before.get())) {
                return Optional.of(notOwned(delete.id()));
            }
            Optional<String> label =
                    ScopeLabels.of(false, mutation.scope(), before.get().scope());
            after.add(Optional.of(delete(before.get(), label)));
            deleted.add(before.get());
            return Optional.empty();
        }

        private boolean isAnothers(RowImage row) {
            Optional<String> owner = row.owner();
            return ownersOnly
                    && (owner.isEmpty() || !owner.equals(mutation.caller().subject()));
        }

        private static Optional<Refusal> tooLong(RowImage row) {
            String message =
                    "makes the record longer than " + RowImage.CHARACTERS_MAX + " characters as JSON; shorten it";
            return row.tooLong()
                    .map(FieldModel::name)
                    .map(name -> new Refusal(
                            ErrorCode.INVALID, name + ": " + message, List.of(new Refusal.Issue(name, message))));
        }

        private Refusal stale(RowImage row) {
            return new Refusal(
                    ErrorCode.STALE,
                    "The record" + (mutation.isBulk() ? " " + row.id() : "")
                            + " has changed since that version; merge with the current one and send it again",
                    List.of(),
                    Optional.of(row.row()));
        }

        private Refusal notOwned(EntityId id) {
            return Refusal.forbidden(
                    "Forbidden: you do not own " + (mutation.isBulk() ? "record " + id : "this record"));
        }

        private Row delete(RowImage row, Optional<String> scope) {
            rows.delete(row, stamp());
            return gone(row, scope);
        }

        private Row gone(RowImage row, Optional<String> scope) {
            Row gone = row.row();
            entries.add(entry(row, LogEntry.Kind.DELETE, Optional.empty(), Optional.of(gone), List.of(), scope));
            return gone;
        }

        /**
         * What belongs to the deleted rows goes with them, level by level. It comes after all that was asked for, so that
         * a child that was named as well has its own answer.
         */
        Verdict withChildren(long queuedAtNanos) {
            Collection<RowImage> level = deleted;
            int children = 0;
            while (!level.isEmpty()) {
                switch (rows.children(level, queuedAtNanos)) {
                    case BatchRows.Children.Blocked blocked -> {
                        return new Verdict.Blocked();
                    }
                    case BatchRows.Children.TooMany tooMany -> {
                        return tooManyChildren();
                    }
                    case BatchRows.Children.Found found -> {
                        children += found.rows().size();
                        if (children > Mutation.CHANGES_MAX) {
                            return tooManyChildren();
                        }
                        // The client's label is about the rows it named. A child is missed in the list of its own
                        // scope.
                        found.rows().forEach(child -> delete(child, child.scope()));
                        level = found.rows();
                    }
                }
            }
            return new Verdict.Accepted(entries, after);
        }

        private static Verdict tooManyChildren() {
            return new Verdict.Refused(new Refusal(
                    ErrorCode.TOO_LARGE,
                    "More than " + Mutation.CHANGES_MAX + " rows would go with it; delete some of them first"));
        }

        /** The row, if it is alive and in the room of the mutation. */
        private Optional<RowImage> living(CollectionModel model, EntityId id) {
            return rows.find(model, id)
                    .filter(row -> !row.isDeleted() && row.isIn(room(model).name()));
        }

        private RoomId room(CollectionModel model) {
            return model.roomOf(mutation.room());
        }

        /** One stamp for the whole mutation, taken when it first changes something. */
        private Instant stamp() {
            if (stamp == null) {
                stamp = Instant.EPOCH.plus(stamps.next(rooms, nowMicros), ChronoUnit.MICROS);
            }
            return stamp;
        }

        private Row inserted(RowImage image, Optional<String> scope) {
            return changed(image, LogEntry.Kind.INSERT, Optional.empty(), List.of(), scope);
        }

        private Row changed(LogEntry.Kind kind, RowImage before, RowImage next) {
            Optional<String> scope = ScopeLabels.of(false, mutation.scope(), next.scope());
            Optional<Row> was = next.model().filtered() ? Optional.of(before.row()) : Optional.empty();
            return changed(next, kind, was, next.changedSince(before), scope);
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
            return new LogEntry(
                    image.room(),
                    image.model().name(),
                    image.id(),
                    kind,
                    mutation.isBulk(),
                    ChronoUnit.MICROS.between(Instant.EPOCH, stamp()),
                    rowAfter.map(Row::json),
                    rowBefore.map(Row::json),
                    changedFields,
                    scope,
                    mutation.caller().subject(),
                    mutation.id());
        }
    }
}
