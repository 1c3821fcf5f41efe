package dev.lockstep.mutation;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.RowReader;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.collection.row.InMemoryRows;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.delivery.CommittedMutation;
import dev.lockstep.engine.TestEngine;
import dev.lockstep.log.Commit;
import dev.lockstep.log.InMemoryLog;
import dev.lockstep.log.LogEntry;
import dev.lockstep.mutation.idempotency.Housekeeping;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The engine in memory: one mutation after another, over maps and lists. The real engine, with batches, locks and SQL,
 * must have the same results.
 */
final class InMemoryMutations implements Mutations, TestEngine {
    /** Refusals by the schema of the application "workshop". */
    private static final Map<String, String> UNIQUE = Map.of("tools", "serial");

    private final CollectionRegistry collections = TestDatabase.collections();
    private final MutationValidator validator =
            new MutationValidator(collections, new RowReader(EngineFixture.VALIDATION));
    private final InMemoryLog log = new InMemoryLog();
    private final Map<RoomId, Long> stamps = new HashMap<>();
    private final Map<List<String>, Kept> answers = new HashMap<>();
    private final List<CommittedMutation> handed = new ArrayList<>();
    private final InstantSource clock;
    private final Supplier<EntityId> ids;
    private InMemoryRows rows = new InMemoryRows();

    private record Kept(Mutation mutation, MutationResult answer, Instant since) {}

    InMemoryMutations() {
        this(EngineFixture.CLOCK, new EntityIds(EngineFixture.CLOCK, new Random(1))::next);
    }

    /** @param ids makes the ids that the server assigns */
    InMemoryMutations(InstantSource clock, Supplier<EntityId> ids) {
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public CompletionStage<MutationResult> submit(Mutation mutation) {
        return CompletableFuture.completedStage(answer(mutation));
    }

    @Override
    public void together(Runnable submitting) {
        submitting.run();
    }

    private MutationResult answer(Mutation mutation) {
        List<PreparedChange> changes;
        try {
            changes = validator.prepare(mutation);
        } catch (SyncException refused) {
            return new MutationResult.Refused(refused.refusal());
        }
        Kept first = key(mutation).map(answers::get).orElse(null);
        if (first != null) {
            if (first.mutation().equals(mutation)) {
                return Results.again(first.answer());
            }
            return mutation.id().orElseThrow().comparesRequests()
                    ? refused(ErrorCode.REUSED, "This mutation id was used for another mutation")
                    : Results.toAnotherRequest(first.answer(), mutation);
        }
        MutationResult answer = evaluate(mutation, changes);
        boolean isKept = mutation.id().filter(id -> id.comparesRequests()).isPresent()
                || !(answer instanceof MutationResult.Applied applied)
                || applied.last().isAfter(Seq.START);
        key(mutation)
                .filter(key -> isKept)
                .ifPresent(key -> answers.put(key, new Kept(mutation, answer, clock.instant())));
        return answer;
    }

    private static Optional<List<String>> key(Mutation mutation) {
        String subject = mutation.caller().subject().map(name -> "=" + name).orElse("anonymous");
        return mutation.id().map(id -> List.of(mutation.room().application(), subject, id.client(), id.value()));
    }

    private static MutationResult refused(ErrorCode code, String message) {
        return new MutationResult.Refused(new Refusal(code, message));
    }

    private MutationResult evaluate(Mutation mutation, List<PreparedChange> changes) {
        InMemoryRows after = new InMemoryRows(rows);
        Set<RoomId> rooms = new HashSet<>();
        changes.forEach(change -> rooms.addAll(change.rooms(mutation.room())));
        long stamp = stamp(rooms);
        List<LogEntry> entries = new ArrayList<>();
        List<Optional<Row>> answer = new ArrayList<>();
        for (PreparedChange change : changes) {
            Optional<RowImage> before = living(after, mutation, change);
            RoomId room = change.model().roomOf(mutation.room());
            Instant at = Instant.EPOCH.plus(stamp, ChronoUnit.MICROS);
            switch (change) {
                case PreparedChange.Insert insert -> {
                    EntityId id = insert.row().orElseGet(ids);
                    RowImage born = insert.image().inserted(id, room.name(), at);
                    if (after.find(insert.model(), id).isPresent() || isTaken(after, born)) {
                        return refused(ErrorCode.IN_USE, "The id, or a value that must be unique, is taken");
                    }
                    after.put(born);
                    Optional<Row> row = Optional.of(born.row());
                    entries.add(entry(mutation, born, stamp, LogEntry.Kind.INSERT, List.of()));
                    answer.add(row);
                }
                case PreparedChange.Update update -> {
                    if (before.isPresent()) {
                        RowImage stays = before.get().changed(update.values(), at);
                        RowImage changed = update.target().map(stays::movedTo).orElse(stays);
                        if (isTaken(after, changed)) {
                            return refused(ErrorCode.IN_USE, "A value that must be unique is taken");
                        }
                        after.put(changed);
                        List<String> fields = changed.changedSince(before.get());
                        if (update.target().isPresent()) {
                            entries.add(entry(mutation, before.get(), stamp, LogEntry.Kind.DELETE, List.of()));
                            entries.add(entry(mutation, changed, stamp, LogEntry.Kind.INSERT, List.of()));
                        } else {
                            entries.add(entry(mutation, changed, stamp, LogEntry.Kind.UPDATE, fields));
                        }
                    }
                    answer.add(before.flatMap(row -> after.find(update.model(), update.id()))
                            .map(RowImage::row));
                }
                case PreparedChange.Archive archive -> {
                    Optional<RowImage> changed = before.map(row -> row.archived(archive.at(), at));
                    changed.ifPresent(row -> {
                        after.put(row);
                        LogEntry.Kind kind = archive.at().isPresent() ? LogEntry.Kind.ARCHIVE : LogEntry.Kind.UNARCHIVE;
                        List<String> fields = row.changedSince(before.orElseThrow());
                        entries.add(entry(mutation, row, stamp, kind, fields));
                    });
                    answer.add(changed.map(RowImage::row));
                }
                case PreparedChange.Delete delete -> {
                    Optional<Row> row = before.map(RowImage::row);
                    before.ifPresent(image -> {
                        after.delete(image, at);
                        entries.add(entry(mutation, image, stamp, LogEntry.Kind.DELETE, List.of()));
                    });
                    answer.add(row);
                }
            }
        }
        rows = after;
        Optional<Commit> commit = Optional.empty();
        if (!entries.isEmpty()) {
            rooms.forEach(room -> stamps.put(room, stamp));
            commit = Optional.of(log.append(List.of(entries)).getFirst());
        }
        handed.add(new CommittedMutation(commit, () -> {}));
        return new MutationResult.Applied(commit.map(Commit::last).orElse(Seq.START), answer);
    }

    private long stamp(Set<RoomId> rooms) {
        long stamp = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        for (RoomId room : rooms) {
            stamp = Math.max(stamp, stamps.getOrDefault(room, 0L) + 1);
        }
        return stamp;
    }

    private static Optional<RowImage> living(InMemoryRows rows, Mutation mutation, PreparedChange change) {
        CollectionModel model = change.model();
        return change.row()
                .flatMap(id -> rows.find(model, id))
                .filter(row -> !row.isDeleted()
                        && row.isIn(model.roomOf(mutation.room()).name()));
    }

    private static boolean isTaken(InMemoryRows rows, RowImage image) {
        String unique = UNIQUE.get(image.model().name().value());
        return unique != null && rows.isTaken(image, unique);
    }

    static LogEntry entry(Mutation mutation, RowImage image, long stamp, LogEntry.Kind kind, List<String> fields) {
        Optional<String> json = Optional.of(image.row().json());
        boolean gone = kind == LogEntry.Kind.DELETE;
        return new LogEntry(
                image.room(),
                image.model().name(),
                image.id(),
                new LogEntry.RowChange(kind, gone ? Optional.empty() : json, gone ? json : Optional.empty(), fields),
                mutation.isBulk(),
                stamp,
                mutation.scope(),
                new LogEntry.Origin(mutation.caller().subject(), mutation.id()));
    }

    @Override
    public List<MutationResult> together(List<Mutation> mutations) {
        return mutations.stream().map(this::answer).toList();
    }

    @Override
    public List<Row> list(String collection, String room) {
        CollectionModel model =
                collections.find("workshop", new CollectionName(collection)).orElseThrow();
        return rows.list(model, model.roomOf(new RoomId("workshop", room)).name());
    }

    @Override
    public List<String> stored(String collection, String field) {
        return rows.stored(
                collections.find("workshop", new CollectionName(collection)).orElseThrow(), field);
    }

    @Override
    public List<Commit> commits() {
        return log.readAfter(Seq.START, Integer.MAX_VALUE);
    }

    /** The newest commit, if there is one. */
    Optional<Commit> last() {
        return log.last();
    }

    @Override
    public List<CommittedMutation> published() {
        return handed;
    }

    @Override
    public void removeExpired(Instant now) {
        answers.values().removeIf(kept -> kept.since().isBefore(now.minus(Housekeeping.RESULT_RETENTION_MIN)));
    }
}
