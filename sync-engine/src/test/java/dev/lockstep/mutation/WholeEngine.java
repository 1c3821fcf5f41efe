package dev.lockstep.mutation;

import dev.lockstep.access.GuardedMutations;
import dev.lockstep.access.GuardedRooms;
import dev.lockstep.access.ReadCapability;
import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.access.chain.AccessChainFixture;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.Transactions;
import dev.lockstep.delivery.ApplicationStages;
import dev.lockstep.delivery.BacklogReader;
import dev.lockstep.delivery.BatchPublication;
import dev.lockstep.delivery.CommittedMutation;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.mutation.batch.BatchWriter;
import dev.lockstep.room.Room;
import dev.lockstep.room.Rooms;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The engine of one node as it is deployed: access chain, writer, publisher, rooms and backlog; without dialects. */
final class WholeEngine implements AutoCloseable {
    private final PublicationOfChain publication = new PublicationOfChain();
    private final BatchWriter writer;
    private final Thread writing;
    private final AccessChainFixture chain;

    /** Forwards to the publisher, which is created after the writer. */
    private static final class PublicationOfChain implements BatchPublication {
        private volatile BatchPublication publisher = batch -> {};

        @Override
        public void announce() {
            publisher.announce();
        }

        @Override
        public void withdraw() {
            publisher.withdraw();
        }

        @Override
        public void publish(List<CommittedMutation> batch) {
            publisher.publish(batch);
        }
    }

    /**
     * A started engine.
     *
     * @param transactions of this database, used by all parts but the writer
     */
    WholeEngine(TestDatabase database, Transactions transactions, AccessPolicy policy) {
        writer = new EngineFixture(database, TestDatabase.collections("tasks")).writer(publication, new Metrics());
        chain = AccessChainFixture.before(
                writer,
                policy,
                database,
                transactions,
                GuardedRooms.class,
                PublisherThread.class,
                Rooms.class,
                Room.class,
                BacklogReader.class);
        publication.publisher = publisher();
        publisher().start();
        writing = EngineFixture.start(writer);
    }

    PublisherThread publisher() {
        return chain.select(PublisherThread.class);
    }

    /** Submits as a dialect does. */
    CompletionStage<MutationResult> submit(Mutation mutation) {
        return chain.select(GuardedMutations.class).submit(mutation);
    }

    /** The mutations that applications inject. */
    Mutations applicationMutations() {
        return new ApplicationMutations(writer, chain.select(ApplicationStages.class));
    }

    /** The rows of a collection in a room that this user may see. */
    ReadCapability rights(String user, RoomId room, String collection) {
        return chain.select(GuardedRooms.class)
                .rights(RoomAccessRequest.toSubscribe(
                        AccessChainFixture.user(user), room, Set.of(new CollectionName(collection))))
                .toCompletableFuture()
                .join();
    }

    /** The read filters that sockets in these rooms call. */
    Executor filters(List<RoomId> rooms) {
        return chain.select(ApplicationExecutor.class).of(rooms);
    }

    @Override
    public void close() {
        EngineFixture.end(writer, writing);
        try {
            publisher().stop();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            chain.close();
        }
    }
}
