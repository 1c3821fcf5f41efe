package dev.lockstep.mutation;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.RowReader;
import dev.lockstep.collection.catalog.ConstraintCatalog;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.database.ReaderThrottle;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.WriterHealth;
import dev.lockstep.database.WritingTransactions;
import dev.lockstep.delivery.CommittedMutation;
import dev.lockstep.delivery.FanOutBenchmark;
import dev.lockstep.log.ActionLog;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.mutation.batch.BatchTransaction;
import dev.lockstep.mutation.batch.BatchWriter;
import dev.lockstep.snapshot.OldSnapshotBenchmark;
import dev.lockstep.trace.Trace;
import jakarta.validation.Validation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Mutations per second through the engine, on PostgreSQL with fsync, beside the same work in one transaction each. Run
 * by hand; see bench/README.md. Checks that every answered mutation is in the log.
 */
public final class EngineBenchmark {
    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final Duration MEASURED = Duration.ofSeconds(6);
    private static final RoomId ROOM = new RoomId("workshop", "p1");
    private static final CollectionName TASKS = new CollectionName("tasks");

    private final TestDatabase database = TestDatabase.durablePostgresql();
    private final ExecutorService answering = Executors.newSingleThreadExecutor();
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicInteger batches = new AtomicInteger();
    private final boolean grouped;
    private final BatchWriter writer;
    private final EntityIds ids = new EntityIds(InstantSource.system(), new SplittableRandom());
    private final RowReader reader = new RowReader(Validation.buildDefaultValidatorFactory());
    private final MutationValidator validator = new MutationValidator(TestDatabase.collections(), reader);

    private EngineBenchmark(boolean grouped) {
        this.grouped = grouped;
        this.writer = new BatchWriter(
                validator,
                new BatchWriter.Database(transactions(), new ActionLog(), new ReaderThrottle(), new WriterHealth()),
                new BatchWriter.Generators(ids, InstantSource.system(), new SplittableRandom()),
                new BatchWriter.Monitoring(new Metrics(), new Trace()),
                this::answer);
    }

    private Transactions transactions() {
        Transactions plain = database.transactions();
        return new Transactions() {
            @Override
            public <T> T run(Work<T> work) {
                batches.incrementAndGet();
                return plain.run(work);
            }
        };
    }

    /** Runs answers on another thread, as the publisher does: the writer continues meanwhile. */
    private void answer(List<CommittedMutation> batch) {
        answering.execute(() -> batch.forEach(committed -> committed.answer().run()));
    }

    public static void main(String[] arguments) throws Exception {
        System.out.printf("%-28s %10s %8s %8s %10s %12s%n", "", "per s", "p50 ms", "p99 ms", "per group", "statements");
        for (int callers : new int[] {1, 8, 32, 256}) {
            new EngineBenchmark(true).run(callers);
        }
        for (int callers : new int[] {1, 8, 32}) {
            new EngineBenchmark(false).run(callers);
        }
        new EngineBenchmark(true).besideABadCaller(32);
        FanOutBenchmark.run();
        OldSnapshotBenchmark.run();
        System.exit(0);
    }

    /** A caller that sends only mutations that the database refuses, as fast as it is answered. */
    private void besideABadCaller(int callers) throws InterruptedException {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicLong refused = new AtomicLong();
        sendRefused(enough, refused);
        run(callers, "beside a bad caller, ");
        enough.set(true);
        System.out.printf("%-28s %10d refused%n", "", refused.get());
    }

    private void sendRefused(AtomicBoolean enough, AtomicLong refused) {
        Change noSuchTool = new Change.Insert(
                new CollectionName("steps"), null, Map.of("text", "t", "tool", "there is no such tool"));
        writer.submit(new Mutation(
                        Caller.anonymous("workshop"),
                        ROOM,
                        Operation.INSERT,
                        List.of(noSuchTool),
                        Optional.empty(),
                        Optional.of(new MutationId("bad", "b" + sequence.get() + "-" + refused.get()))))
                .thenAccept(answer -> {
                    refused.incrementAndGet();
                    if (!enough.get()) {
                        sendRefused(enough, refused);
                    }
                });
    }

    private void run(int callers) throws InterruptedException {
        run(callers, grouped ? "engine, " : "one transaction each, ");
    }

    private void run(int callers, String name) throws InterruptedException {
        database.emptied();
        Thread writing = new Thread(writer::run, "lockstep-writer");
        if (grouped) {
            writing.start();
        }
        require(alone(mutation("first"))); // of two first writers of a room one would have to try again
        drive(callers, WARM_UP);
        int groupsBefore = batches.get();
        int statementsBefore = database.statementsSent();
        long[] latencies = drive(callers, MEASURED);
        int groupsRun = batches.get() - groupsBefore;
        Arrays.sort(latencies);
        System.out.printf(
                "%-28s %10.0f %8.2f %8.2f %10.1f %12.1f%n",
                name + callers,
                latencies.length * 1e9 / MEASURED.toNanos(),
                latencies[latencies.length / 2] / 1e6,
                latencies[latencies.length * 99 / 100] / 1e6,
                latencies.length / (double) groupsRun,
                (database.statementsSent() - statementsBefore) / (double) groupsRun);
        writer.stop();
        writing.interrupt();
        writing.join();
        answering.shutdown();
        long logged = database.transactions()
                .run(scope -> new ActionLog().head(scope.connection()))
                .value();
        if (logged != sequence.get()) {
            throw new IllegalStateException(sequence + " mutations were answered, " + logged + " are in the log");
        }
    }

    /** Callers that send their next mutation after the answer to the last one. */
    private long[] drive(int callers, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        CountDownLatch done = new CountDownLatch(callers);
        Queue<Long> latencies = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < callers; i++) {
            String client = "c" + i;
            if (grouped) {
                next(client, end, latencies, done);
            } else {
                new Thread(() -> oneByOne(client, end, latencies, done)).start();
            }
        }
        done.await();
        return latencies.stream().mapToLong(Long::longValue).toArray();
    }

    private void next(String client, long end, Queue<Long> latencies, CountDownLatch done) {
        long started = System.nanoTime();
        if (started > end) {
            done.countDown();
            return;
        }
        writer.submit(mutation(client)).thenAccept(result -> {
            require(result);
            latencies.add(System.nanoTime() - started);
            next(client, end, latencies, done);
        });
    }

    private void oneByOne(String client, long end, Queue<Long> latencies, CountDownLatch done) {
        while (System.nanoTime() < end) {
            long started = System.nanoTime();
            require(alone(mutation(client)));
            latencies.add(System.nanoTime() - started);
        }
        done.countDown();
    }

    /** The same statements for a batch of one, on the caller's thread. */
    private MutationResult alone(Mutation mutation) {
        QueuedMutation queued = new QueuedMutation(mutation, validator.prepare(mutation));
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        transactions()
                .run(scope -> new BatchTransaction(
                                new BatchTransaction.Batch(List.of(queued), List.of(), now, now),
                                new BatchTransaction.Mode(WritingTransactions.LOCK_WAIT_MAX, true, false),
                                new ActionLog(),
                                ids,
                                new ConstraintCatalog())
                        .run(scope))
                .done()
                .forEach(committed -> committed.answer().run());
        return queued.answer().join();
    }

    private static void require(MutationResult result) {
        if (!(result instanceof MutationResult.Applied)) {
            throw new IllegalStateException(result.toString());
        }
    }

    private Mutation mutation(String client) {
        long number = sequence.incrementAndGet();
        return new Mutation(
                Caller.anonymous("workshop"),
                ROOM,
                Operation.INSERT,
                List.of(new Change.Insert(TASKS, null, Map.of("title", "task " + number, "effort", 5L))),
                Optional.empty(),
                Optional.of(new MutationId(client, "m" + number)));
    }
}
