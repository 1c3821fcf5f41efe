package dev.lockstep.mutation;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.RowReader;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.database.ReaderThrottle;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.WriterHealth;
import dev.lockstep.delivery.BatchPublication;
import dev.lockstep.delivery.CommittedMutation;
import dev.lockstep.engine.TestEngine;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.mutation.batch.BatchWriter;
import dev.lockstep.mutation.idempotency.Housekeeping;
import dev.lockstep.trace.Trace;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** The application "workshop" on a database, with the real writer; published mutations are kept for the test. */
public final class EngineFixture implements TestEngine {
    /** Longest wait for an answer. One that takes longer fails the test. */
    static final int ANSWER_SECONDS_MAX = 20;

    /** A clock that stands still. */
    static final InstantSource CLOCK = () -> Instant.parse("2026-11-21T01:02:03.004005Z");

    public static final ValidatorFactory VALIDATION = Validation.buildDefaultValidatorFactory();

    final ActionLog log = new ActionLog();
    final Metrics metrics = new Metrics();
    private final CollectionRegistry collections;
    private final TestDatabase database;
    private final Transactions transactions;
    private final EntityIds ids = new EntityIds(CLOCK, new Random(1));
    private final List<CommittedMutation> handed = Collections.synchronizedList(new ArrayList<>());

    static Stream<Named<Supplier<TestEngine>>> everyEngine() {
        return Stream.of(
                Named.of("in memory", InMemoryMutations::new),
                Named.of("on H2", () -> new EngineFixture(TestDatabase.h2().emptied())),
                Named.of(
                        "on PostgreSQL",
                        () -> new EngineFixture(TestDatabase.postgresql().emptied())));
    }

    public EngineFixture(TestDatabase database) {
        this(database, database.transactions());
    }

    /** An engine with these collections, some of which may have a read filter. */
    public EngineFixture(TestDatabase database, CollectionRegistry collections) {
        this(database, database.transactions(), collections);
    }

    /** An engine whose writer uses other transactions than the test's own reads. */
    EngineFixture(TestDatabase database, Transactions transactions) {
        this(database, transactions, TestDatabase.collections());
    }

    private EngineFixture(TestDatabase database, Transactions transactions, CollectionRegistry collections) {
        this.collections = collections;
        this.database = database;
        this.transactions = transactions;
    }

    public BatchWriter writer() {
        return writer(this::publish, metrics);
    }

    /** A writer with another publication for its batches. */
    BatchWriter writer(BatchPublication batchPublication, Metrics counting) {
        return new BatchWriter(
                new MutationValidator(collections, new RowReader(VALIDATION)),
                new BatchWriter.Database(transactions, log, new ReaderThrottle(), new WriterHealth()),
                new BatchWriter.Generators(ids, CLOCK, new SplittableRandom(1)),
                new BatchWriter.Monitoring(counting, new Trace()),
                batchPublication);
    }

    private void publish(List<CommittedMutation> batch) {
        handed.addAll(batch);
        batch.forEach(committed -> committed.answer().run());
    }

    @Override
    public List<CommittedMutation> published() {
        return List.copyOf(handed);
    }

    @Override
    public List<MutationResult> together(List<Mutation> mutations) {
        BatchWriter writer = writer();
        List<CompletionStage<MutationResult>> answers =
                mutations.stream().map(writer::submit).toList();
        Thread thread = start(writer);
        try {
            return answers.stream().map(EngineFixture::get).toList();
        } finally {
            end(writer, thread);
        }
    }

    public static Thread start(BatchWriter writer) {
        Thread thread = new Thread(writer::run, "writer of a test");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    public static void end(BatchWriter writer, Thread thread) {
        writer.stop();
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS_MAX));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("the writer does not stop");
        }
    }

    static MutationResult get(CompletionStage<MutationResult> answer) {
        try {
            return answer.toCompletableFuture().get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("no answer", e);
        }
    }

    @Override
    public List<Row> list(String collection, String room) {
        return list(collection, room, Optional.empty());
    }

    List<Row> list(String collection, String room, Optional<String> scoped) {
        CollectionModel model =
                collections.find("workshop", new CollectionName(collection)).orElseThrow();
        String name = model.roomOf(new RoomId("workshop", room)).name();
        return database.transactions()
                .run(scope -> new RowRepository(scope.entities())
                        .stream(model, name, ListQuery.of(scoped))
                                .map(RowImage::row)
                                .toList());
    }

    /** Locked rows, and the number of statements for them. */
    record Locking(Collection<RowImage> rows, int statements) {}

    /** Locks rows as a batch does, in a transaction of its own. */
    Locking lock(String collection, List<String> ids) {
        CollectionModel model =
                collections.find("workshop", new CollectionName(collection)).orElseThrow();
        SortedSet<EntityId> wanted = ids.stream().map(EntityId::new).collect(Collectors.toCollection(TreeSet::new));
        return database.transactions().run(scope -> {
            int before = database.statementsSent();
            Collection<RowImage> rows = new RowRepository(scope.entities())
                    .lock(model, wanted)
                    .rows()
                    .values();
            return new Locking(rows, database.statementsSent() - before);
        });
    }

    /** The selected columns have the names of their fields. */
    @Override
    public List<String> stored(String collection, String field) {
        return database.transactions().run(scope -> {
            List<String> values = new ArrayList<>();
            try (Statement statement = scope.connection().createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select " + field + " from workshop_" + collection + " order by " + field)) {
                while (rows.next()) {
                    values.add(String.valueOf(rows.getString(1)));
                }
            }
            return values;
        });
    }

    @Override
    public List<Commit> commits() {
        return database.transactions().run(scope -> log.readAfter(scope.connection(), Seq.START, Integer.MAX_VALUE));
    }

    @Override
    public void removeExpired(Instant now) {
        new Housekeeping(database.transactions(), () -> now, Duration.ofDays(30)).deleteExpired();
    }
}
