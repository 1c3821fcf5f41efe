package dev.lockstep.mutation;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.RowReader;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.Fuse;
import dev.lockstep.database.ReaderThrottle;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.WriterHealth;
import dev.lockstep.delivery.BatchPublication;
import dev.lockstep.delivery.CommittedMutation;
import dev.lockstep.delivery.SteppedPublisherFixture;
import dev.lockstep.log.ActionLog;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.mutation.batch.BatchWriter;
import dev.lockstep.room.RoomSubscriber;
import dev.lockstep.trace.Trace;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One process on the shared database, with the real writer, publisher and rooms, until it crashes. */
final class SimulatedNode implements BatchPublication, AutoCloseable {
    static final CollectionRegistry COLLECTIONS = TestDatabase.collections();

    private static final long NEVER = Long.MAX_VALUE;

    private final Fuse fuse = Fuse.ofProcess(NEVER);
    private final TestDatabase database;
    private final InstantSource clock;
    private final Random random;
    private final EntityIds ids;
    private final SteppedPublisherFixture post;
    private List<Mutation> queued = new ArrayList<>();
    private OneBatch once;
    private BatchWriter writer;

    SimulatedNode(TestDatabase database, InstantSource clock, Random random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
        this.ids = new EntityIds(clock, random);
        this.post = new SteppedPublisherFixture(database);
        this.once = new OneBatch(database.transactions());
        this.writer = writer();
    }

    private BatchWriter writer() {
        BatchWriter next = new BatchWriter(
                new MutationValidator(COLLECTIONS, new RowReader(EngineFixture.VALIDATION)),
                new BatchWriter.Database(once, new ActionLog(), new ReaderThrottle(), new WriterHealth()),
                new BatchWriter.Generators(ids, clock, random),
                new BatchWriter.Monitoring(new Metrics(), new Trace()),
                this);
        once.stops(next);
        return next;
    }

    /** Crashes after this many steps. */
    void crashIn(long steps) {
        fuse.in(steps);
    }

    void crashNever() {
        fuse.in(NEVER);
    }

    boolean isAlive() {
        return !fuse.isBlown();
    }

    /** Submits a mutation to its queue. Answers of a dead process are dropped. */
    void submit(Mutation mutation, Consumer<MutationResult> received) {
        CompletionStage<MutationResult> coming = writer.submit(mutation);
        if (!coming.toCompletableFuture().isDone()) {
            queued.add(mutation);
        }
        coming.whenComplete((answer, fault) -> {
            if (isAlive()) {
                received.accept(answer);
            }
        });
    }

    boolean hasQueued() {
        return !queued.isEmpty();
    }

    /** Commits the queued mutations as one batch, and returns them. */
    List<Mutation> commitGroup() {
        List<Mutation> batch = queued;
        queued = new ArrayList<>();
        run(writer::run);
        once = new OneBatch(database.transactions());
        writer = writer();
        return batch;
    }

    void publish() {
        run(post::publish);
    }

    void readPending() {
        run(post::readPending);
    }

    void look() {
        post.publisher().pollNow();
    }

    void join(List<RoomId> rooms, RoomSubscriber subscriber) {
        post.publisher().join(rooms, subscriber);
    }

    void leave(List<RoomId> rooms, RoomSubscriber subscriber) {
        post.publisher().leave(rooms, subscriber);
    }

    /** Runs work as this process. */
    void run(Runnable work) {
        try {
            fuse.during(() -> {
                work.run();
                return work;
            });
        } catch (Fuse.Crash crash) {
            if (isAlive()) {
                throw crash;
            }
        }
    }

    /** A step at which the process may crash. */
    void step() {
        fuse.step();
    }

    @Override
    public void announce() {
        post.publisher().announce();
    }

    @Override
    public void withdraw() {
        post.publisher().withdraw();
    }

    /** The process may crash between commit and publication, and between two answers. */
    @Override
    public void publish(List<CommittedMutation> batch) {
        step();
        post.publisher()
                .publish(batch.stream()
                        .map(committed -> new CommittedMutation(committed.commit(), () -> {
                            committed.answer().run();
                            step();
                        }))
                        .toList());
    }

    @Override
    public void close() {
        post.close();
    }
}
