package dev.lockstep.mutation;

import dev.lockstep.api.Caller;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.EntityIds;
import dev.lockstep.collection.RowImage;
import dev.lockstep.log.Entry;
import dev.lockstep.log.RoomStamps;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges the mutations of a group one after another, each against the rows as the ones before it leave them. What it
 * finds wrong is a value, not an SQL error. Belongs to one transaction.
 */
final class Judge {
    private final GroupRows rows;
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
    Judge(GroupRows rows, RoomStamps stamps, EntityIds ids, long nowMicros) {
        this.rows = rows;
        this.stamps = stamps;
        this.ids = ids;
        this.nowMicros = nowMicros;
    }

    Verdict judge(Mutation mutation, List<PreparedChange> changes) {
        Hearing hearing = new Hearing(mutation, changes);
        for (PreparedChange change : changes) {
            Optional<Refusal> refusal = hearing.hear(change);
            if (refusal.isPresent()) {
                rows.forgetMutation();
                return new Verdict.Refused(refusal.get());
            }
        }
        rows.keepMutation();
        return new Verdict.Accepted(hearing.entries, hearing.after);
    }

    /** One mutation before the judge. */
    private final class Hearing {
        private final Mutation mutation;
        private final Set<RoomId> rooms;
        private final List<Entry> entries = new ArrayList<>();
        private final List<Optional<Row>> after = new ArrayList<>();
        private @Nullable Instant stamp;

        Hearing(Mutation mutation, List<PreparedChange> changes) {
            this.mutation = mutation;
            this.rooms = changes.stream().map(change -> room(change.model())).collect(Collectors.toSet());
        }

        Optional<Refusal> hear(PreparedChange change) {
            return switch (change) {
                case PreparedChange.Insert insert -> insert(insert);
                case PreparedChange.Update update -> update(update);
                case PreparedChange.Delete delete -> delete(delete);
            };
        }

        private Optional<Refusal> insert(PreparedChange.Insert insert) {
            CollectionModel model = insert.model();
            EntityId id = insert.row().orElseGet(ids::next);
            if (rows.find(model, id).isPresent()) {
                return Optional.of(new Refusal(
                        ErrorCode.IN_USE, "The id '" + id + "' is taken in '" + model.name() + "'; choose another"));
            }
            RowImage born = insert.image().born(id, room(model).name(), stamp());
            rows.put(born);
            record(model, id, Entry.Kind.INSERT, Optional.of(born.row()), Optional.empty(), List.of());
            return Optional.empty();
        }

        private Optional<Refusal> update(PreparedChange.Update update) {
            CollectionModel model = update.model();
            Optional<RowImage> before = living(model, update.id());
            if (before.isEmpty()) {
                after.add(Optional.empty());
                return Optional.empty();
            }
            RowImage next = before.get().changed(update.values(), stamp());
            rows.put(next);
            record(
                    model,
                    update.id(),
                    Entry.Kind.UPDATE,
                    Optional.of(next.row()),
                    Optional.empty(),
                    next.changedSince(before.get()));
            return Optional.empty();
        }

        private Optional<Refusal> delete(PreparedChange.Delete delete) {
            CollectionModel model = delete.model();
            Optional<RowImage> before = living(model, delete.id());
            if (before.isEmpty()) {
                after.add(Optional.empty());
                return Optional.empty();
            }
            rows.delete(before.get(), stamp());
            record(
                    model,
                    delete.id(),
                    Entry.Kind.DELETE,
                    Optional.empty(),
                    Optional.of(before.get().row()),
                    List.of());
            return Optional.empty();
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

        private void record(
                CollectionModel model,
                EntityId id,
                Entry.Kind kind,
                Optional<Row> rowAfter,
                Optional<Row> rowBefore,
                List<String> changedFields) {
            Caller caller = mutation.caller();
            entries.add(new Entry(
                    room(model),
                    model.name(),
                    id,
                    kind,
                    mutation.isBulk(),
                    ChronoUnit.MICROS.between(Instant.EPOCH, stamp()),
                    rowAfter.map(Row::json),
                    rowBefore.map(Row::json),
                    changedFields,
                    mutation.scope(),
                    caller.subject(),
                    mutation.id()));
            after.add(rowAfter.or(() -> rowBefore));
        }
    }
}
