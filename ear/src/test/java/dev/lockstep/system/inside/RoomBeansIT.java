package dev.lockstep.system.inside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.access.GuardedRooms;
import dev.lockstep.access.ReadCapability;
import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.access.RoomSubscription;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.room.RoomSubscriber;
import dev.lockstep.system.probe.model.Visit;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs in the probe's WAR, with the server's own CDI container and publisher thread. */
@ExtendWith(ArquillianExtension.class)
class RoomBeansIT {
    private static final int WAIT_SECONDS_MAX = 10;
    private static final CollectionName NOTES = new CollectionName("notes");

    @Inject
    private GuardedRooms rooms;

    @Inject
    private Mutations mutations;

    @Inject
    private Visit visit;

    @Deployment
    static EnterpriseArchive ear() {
        return ProbeEar.withTestsIn(RoomBeansIT.class, RoomBeansIT.Visitor.class);
    }

    /** Reads the room's bean when it joins, and records the commits that it receives. */
    static final class Visitor implements RoomSubscriber {
        private final Visit visit;
        private final Queue<String> events;
        private final CompletableFuture<String> seen = new CompletableFuture<>();
        private final CompletableFuture<Void> received = new CompletableFuture<>();

        Visitor(Visit visit, Queue<String> events) {
            this.visit = visit;
            this.events = events;
        }

        @Override
        public void onJoined(Joined at) {
            seen.complete(visit.id());
        }

        @Override
        public void onAvailable() {
            events.add("received");
            received.complete(null);
        }

        String seen() {
            return seen.orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS).join();
        }

        void awaitNews() {
            received.orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS).join();
        }
    }

    @Test
    @Tag("ROOM6")
    @DisplayName("[ROOM6] a room's beans live from its first subscriber to its last, and belong to no other room")
    void oneVisit() {
        RoomId board = anyRoom();
        Visitor first = aVisitor();
        Visitor second = aVisitor();
        Visitor elsewhere = aVisitor();

        RoomSubscription firstSubscription = subscribe(board, first);
        String id = first.seen();
        RoomSubscription secondSubscription = subscribe(board, second);
        RoomSubscription elsewhereSubscription = subscribe(anyRoom(), elsewhere);
        assertThat(second.seen()).isEqualTo(id);
        assertThat(elsewhere.seen()).isNotEqualTo(id);

        firstSubscription.close();
        Visitor third = aVisitor();
        RoomSubscription thirdSubscription = subscribe(board, third);
        assertThat(third.seen()).isEqualTo(id);

        secondSubscription.close();
        thirdSubscription.close();
        elsewhereSubscription.close();
        Visitor later = aVisitor();
        RoomSubscription laterSubscription = subscribe(board, later);
        assertThat(later.seen()).isNotEqualTo(id);
        laterSubscription.close();
    }

    @Test
    @Tag("PUB1")
    @DisplayName("[PUB1] a mutation's answer is handed over before its frames")
    void answerFirst() {
        RoomId board = anyRoom();
        Queue<String> events = new ConcurrentLinkedQueue<>();
        Visitor visitor = new Visitor(visit, events);
        RoomSubscription roomSubscription = subscribe(board, visitor);
        visitor.seen();

        CompletableFuture<MutationResult> answer = mutations
                .submit(aNote(board))
                .whenComplete((result, failure) -> events.add("answered"))
                .toCompletableFuture();

        assertThat(answer.orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS).join())
                .isInstanceOf(MutationResult.Applied.class);
        visitor.awaitNews();
        roomSubscription.close();
        assertThat(events).containsExactly("answered", "received");
    }

    @Test
    @Tag("ACC1")
    @DisplayName("[ACC1] the interceptors surround the guarded beans wherever they are injected")
    void guarded() {
        CompletableFuture<ReadCapability> refused =
                rooms.rights(following(new RoomId("probe", "closed"))).toCompletableFuture();

        assertThat(refused)
                .failsWithin(Duration.ofSeconds(WAIT_SECONDS_MAX))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(SyncException.class)
                .withMessageContaining("This board is closed");
    }

    private Visitor aVisitor() {
        return new Visitor(visit, new ConcurrentLinkedQueue<>());
    }

    private static RoomId anyRoom() {
        return new RoomId("probe", UUID.randomUUID().toString());
    }

    private RoomSubscription subscribe(RoomId room, Visitor visitor) throws CompletionException {
        return rooms.rights(following(room)).toCompletableFuture().join().subscribe(visitor);
    }

    private static RoomAccessRequest following(RoomId room) {
        return RoomAccessRequest.toSubscribe(Caller.anonymous("probe"), room, Set.of(NOTES));
    }

    private static Mutation aNote(RoomId board) {
        Change insert = new Change.Insert(NOTES, null, Map.of("title", "a note", "place", 1L));
        return new Mutation(
                Caller.anonymous("probe"),
                board,
                Operation.INSERT,
                List.of(insert),
                Optional.empty(),
                Optional.empty());
    }
}
