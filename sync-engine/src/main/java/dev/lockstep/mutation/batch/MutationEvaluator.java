package dev.lockstep.mutation.batch;

import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Condition;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.Reference;
import dev.lockstep.collection.References;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.collection.row.ScopeLabels;
import dev.lockstep.event.StoreHeads;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.RoomStamps;
import dev.lockstep.mutation.PreparedChange;
import dev.lockstep.mutation.QueuedMutation;
import dev.lockstep.mutation.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the mutations of a batch in order, each against the rows as the preceding ones leave them. A refusal is a
 * value, not an SQL error. Belongs to one transaction.
 */
final class MutationEvaluator {
    private final BatchRows rows;
    private final StoreHeads heads;
    private final RoomStamps stamps;
    private final EntityIds ids;
    private final long nowMicros;

    /**
     * An evaluator for one batch.
     *
     * @param rows the locked rows of the batch
     * @param heads the heads of its event stores
     * @param stamps the locked stamps of its rooms
     * @param nowMicros the time, in microseconds since 1970
     */
    MutationEvaluator(BatchRows rows, StoreHeads heads, RoomStamps stamps, EntityIds ids, long nowMicros) {
        this.rows = rows;
        this.heads = heads;
        this.stamps = stamps;
        this.ids = ids;
        this.nowMicros = nowMicros;
    }

    Verdict evaluate(QueuedMutation queued) {
        return queued.mutation().append().map(append -> append(queued, append)).orElseGet(() -> evaluateRows(queued));
    }

    private Verdict append(QueuedMutation queued, Change.Append append) {
        RoomId store = queued.mutation().room();
        Optional<Refusal> refusal = heads.refuses(store, append);
        if (refusal.isPresent()) {
            return new Verdict.Refused(refusal.get());
        }
        LogEntry entry = heads.append(
                store,
                append.events(),
                stamps.next(Set.of(store), nowMicros),
                queued.mutation().caller().subject());
        return new Verdict.Accepted(List.of(entry), List.of());
    }

    private Verdict evaluateRows(QueuedMutation queued) {
        Evaluation evaluation = new Evaluation(queued.mutation(), queued.rooms());
        Optional<Refusal> changed = evaluation.conditionsViolated(queued.changes());
        if (changed.isPresent()) {
            return new Verdict.Refused(changed.get());
        }
        List<PreparedChange> changes = queued.changes();
        for (int i = 0; i < changes.size(); i++) {
            Optional<Refusal> refusal = evaluation.evaluate(changes.get(i));
            if (refusal.isPresent()) {
                rows.discardMutation();
                return new Verdict.Refused(queued.mutation().refusalOf(i, refusal.get()));
            }
        }
        Verdict verdict = evaluation.withChildren(queued.queuedAtNanos());
        if (verdict instanceof Verdict.Accepted) {
            rows.keepMutation();
        } else {
            rows.discardMutation();
        }
        return verdict;
    }

    /** The evaluation of one mutation. */
    private final class Evaluation {
        private final Mutation mutation;
        private final boolean ownersOnly;
        private final MutationEntries entries;
        private final List<Optional<Row>> after = new ArrayList<>();
        private final List<RowImage> deleted = new ArrayList<>();

        Evaluation(Mutation mutation, Set<RoomId> rooms) {
            this.mutation = mutation;
            this.entries = new MutationEntries(mutation, () -> stamps.next(rooms, nowMicros));
            this.ownersOnly = mutation.conditions().contains(new Condition.Owned());
        }

        /** Called before the mutation changes a row: rows are compared in the state after the preceding mutations. */
        Optional<Refusal> conditionsViolated(List<PreparedChange> changes) {
            if (mutation.conditions().isEmpty()) {
                return Optional.empty();
            }
            Map<CollectionName, CollectionModel> models = new HashMap<>();
            changes.forEach(change -> models.put(change.model().name(), change.model()));
            for (Condition condition : mutation.conditions()) {
                if (condition instanceof Condition.Unchanged row && !isUnchanged(row, models.get(row.in()))) {
                    return Optional.of(new Refusal(
                            ErrorCode.ROW_CHANGED,
                            "The row changed while its owner was looked up; send the request again"));
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
            RowImage created = insert.image().inserted(id, room(model).name(), entries.stamp());
            Optional<Refusal> tooLong = tooLong(created);
            if (tooLong.isPresent()) {
                return tooLong;
            }
            rows.put(created);
            Optional<Refusal> dangling = dangling(created, Optional.empty(), insert.references());
            if (dangling.isPresent()) {
                return dangling;
            }
            after.add(Optional.of(entries.inserted(created, ScopeLabels.of(true, mutation.scope(), created.scope()))));
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
            if (isOthers(before.get())) {
                return Optional.of(notOwned(update.id()));
            }
            if (update.version()
                    .filter(version -> !before.get().hasVersion(version))
                    .isPresent()) {
                return Optional.of(stale(before.get()));
            }
            RowImage changed = before.get().changed(update.values(), entries.stamp());
            RowImage next = update.target().map(changed::movedTo).orElse(changed);
            Optional<Refusal> tooLong = tooLong(next);
            if (tooLong.isPresent()) {
                return tooLong;
            }
            rows.put(next);
            Optional<RowImage> compared = update.target().isPresent() ? Optional.empty() : before;
            Optional<Refusal> dangling = dangling(next, compared, update.references());
            if (dangling.isPresent()) {
                return dangling;
            }
            if (update.target().isPresent()) {
                entries.deleted(
                        before.get(),
                        ScopeLabels.of(false, mutation.scope(), before.get().scope()));
                after.add(Optional.of(entries.inserted(next, ScopeLabels.of(true, mutation.scope(), next.scope()))));
            } else if (ScopeLabels.moved(before.get(), next)) {
                entries.deleted(before.get(), before.get().scope());
                after.add(Optional.of(entries.inserted(next, next.scope())));
            } else {
                after.add(Optional.of(entries.updated(LogEntry.Kind.UPDATE, before.get(), next)));
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
            if (isOthers(before.get())) {
                return Optional.of(notOwned(archive.id()));
            }
            RowImage next = before.get().archived(archive.at(), entries.stamp());
            rows.put(next);
            LogEntry.Kind kind = archive.at().isPresent() ? LogEntry.Kind.ARCHIVE : LogEntry.Kind.UNARCHIVE;
            after.add(Optional.of(entries.updated(kind, before.get(), next)));
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
            if (isOthers(before.get())) {
                return Optional.of(notOwned(delete.id()));
            }
            Optional<String> label =
                    ScopeLabels.of(false, mutation.scope(), before.get().scope());
            after.add(Optional.of(delete(before.get(), label)));
            deleted.add(before.get());
            return Optional.empty();
        }

        /**
         * The refusal of a relation to no row, or to one that is deleted or not seen from the row's room.
         *
         * @param before a relation that it has is not checked again
         */
        private Optional<Refusal> dangling(RowImage row, Optional<RowImage> before, References references) {
            for (Reference reference : references.namedBy(row.model())) {
                Object value = row.get(reference.field());
                if (value == null || !reference.isRelation()) {
                    continue;
                }
                boolean isNew = before.filter(had -> value.equals(had.get(reference.field())))
                        .isEmpty();
                if (isNew && !rows.refers(reference, value, row.room())) {
                    String item = mutation.isBulk() ? after.size() + "." : "";
                    return Optional.of(
                            reference.refusal(item + reference.field().name()));
                }
            }
            return Optional.empty();
        }

        private boolean isOthers(RowImage row) {
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
            rows.delete(row, entries.stamp());
            return entries.deleted(row, scope);
        }

        /**
         * Deletes the children of the deleted rows, level by level. They come after all requested changes, so that a child
         * that was named as well has its own answer.
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
                        // The client's scope is that of the rows it named. A child is removed from the list of its own
                        // scope.
                        found.rows().forEach(child -> delete(child, child.scope()));
                        level = found.rows();
                    }
                }
            }
            return new Verdict.Accepted(entries.all(), after);
        }

        private static Verdict tooManyChildren() {
            return new Verdict.Refused(new Refusal(
                    ErrorCode.TOO_LARGE,
                    "More than " + Mutation.CHANGES_MAX + " rows would go with it; delete some of them first"));
        }

        /** The row, if it is not deleted and in the room of the mutation. */
        private Optional<RowImage> living(CollectionModel model, EntityId id) {
            return rows.find(model, id)
                    .filter(row -> !row.isDeleted() && row.isIn(room(model).name()));
        }

        private RoomId room(CollectionModel model) {
            return model.roomOf(mutation.room());
        }
    }
}
