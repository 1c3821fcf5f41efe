package dev.lockstep.access;

import static dev.lockstep.api.access.CollectionRules.ALLOW;
import static dev.lockstep.api.access.CollectionRules.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.access.chain.AccessChainFixture;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.RoomAccess;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.delivery.BacklogReader;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.event.EventStores;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.metrics.ShownMetrics;
import dev.lockstep.room.Room;
import dev.lockstep.room.Rooms;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Callers of event stores, behind the access chain. */
class GuardedStoresTest {
    private static final Caller ANN = AccessChainFixture.user("ann");
    private static final Caller BEN = AccessChainFixture.user("ben");
    private static final Caller NOBODY = Caller.anonymous("workshop");

    private static final Mutations APPLYING = new Mutations() {
        @Override
        public CompletionStage<MutationResult> submit(Mutation mutation) {
            return CompletableFuture.completedStage(new MutationResult.Applied(Seq.START, List.of()));
        }

        @Override
        public void together(Runnable submitting) {
            submitting.run();
        }
    };

    private static final Mutations UNAVAILABLE = new Mutations() {
        @Override
        public CompletionStage<MutationResult> submit(Mutation mutation) {
            return CompletableFuture.completedStage(
                    new MutationResult.Refused(new Refusal(ErrorCode.UNAVAILABLE, "no such store")));
        }

        @Override
        public void together(Runnable submitting) {
            submitting.run();
        }
    };

    private static AccessChainFixture chain(AccessPolicy policy) {
        return chain(APPLYING, policy);
    }

    private static AccessChainFixture chain(Mutations mutations, AccessPolicy policy) {
        return AccessChainFixture.before(
                mutations,
                policy,
                TestDatabase.h2().emptied(),
                GuardedStores.class,
                StoreOwners.class,
                PublisherThread.class,
                BacklogReader.class,
                Rooms.class,
                Room.class);
    }

    private static RoomId store(String name) {
        return new StoreName(name).room("workshop");
    }

    private static String append(AccessChainFixture chain, Caller caller, String store) {
        StoreEvent event = new StoreEvent(1, 0, "v1.Noted", "null", "c", "s");
        return outcome(chain.select(GuardedStores.class)
                .append(new Mutation(
                        caller,
                        store(store),
                        Operation.APPEND,
                        List.of(new Change.Append(List.of(event), Optional.empty())),
                        Optional.empty(),
                        Optional.empty())));
    }

    private static String read(AccessChainFixture chain, Caller caller, String store) {
        return outcome(chain.select(GuardedStores.class)
                .read(new RoomAccessRequest(
                        caller,
                        store(store),
                        Operation.SUBSCRIBE,
                        Set.of(StoreEvent.COLLECTION),
                        new AccessContext())));
    }

    private static String outcome(CompletionStage<?> answer) {
        try {
            answer.toCompletableFuture().join();
            return "allowed";
        } catch (CompletionException failed) {
            if (!(failed.getCause() instanceof SyncException refused)) {
                throw failed;
            }
            Refusal refusal = refused.refusal();
            return refusal.code() == ErrorCode.FORBIDDEN ? "forbidden" : refusal.code() + " " + refusal.message();
        }
    }

    @Test
    @Tag("EVT9")
    @DisplayName("[EVT9] without a rule, a store belongs to the user who created it, by a read or an append")
    void owner() {
        try (AccessChainFixture chain = chain(AccessPolicy.builder().build())) {
            assertThat(append(chain, ANN, "of ann")).isEqualTo("allowed");
            assertThat(read(chain, BEN, "of ben")).isEqualTo("allowed");

            assertThat(read(chain, ANN, "of ann")).isEqualTo("allowed");
            assertThat(List.of(
                            append(chain, BEN, "of ann"),
                            read(chain, BEN, "of ann"),
                            read(chain, NOBODY, "of ann"),
                            append(chain, ANN, "of ben")))
                    .containsOnly("forbidden");
        }
    }

    @Test
    @Tag("EVT1")
    @DisplayName("[EVT1] a store that a restore of the database has removed is created again by the next append")
    void restored() {
        try (AccessChainFixture chain =
                chain(UNAVAILABLE, AccessPolicy.builder().build())) {
            append(chain, ANN, "s");
            TestDatabase.h2().execute("truncate table lockstep_store", "truncate table lockstep_room");

            append(chain, ANN, "s");

            assertThat(chain.select(EventStores.class).find(store("s"))).isPresent();
        }
    }

    @Test
    @Tag("EVT9")
    @DisplayName("[EVT9] after a restore of the database a store belongs to the user who creates it then")
    void ownerAfterRestore() {
        try (AccessChainFixture chain = chain(AccessPolicy.builder().build())) {
            append(chain, ANN, "s");
            TestDatabase.h2().execute("truncate table lockstep_store", "truncate table lockstep_room");

            chain.select(StoreOwners.class).forgetAll();

            assertThat(append(chain, BEN, "s")).isEqualTo("allowed");
            assertThat(List.of(append(chain, ANN, "s"), read(chain, ANN, "s"))).containsOnly("forbidden");
        }
    }

    @Test
    @Tag("EVT9")
    @DisplayName("[EVT9] a store that an anonymous caller created is open to all callers")
    void anonymous() {
        try (AccessChainFixture chain = chain(AccessPolicy.builder().build())) {
            assertThat(List.of(append(chain, NOBODY, "open"), read(chain, ANN, "open"), append(chain, BEN, "open")))
                    .containsOnly("allowed");
        }
    }

    @Test
    @Tag("EVT9")
    @DisplayName("[EVT9] a room access rule decides in place of the creator, and sees the store's name")
    void roomAccess() {
        RoomAccess teams = (user, access) -> access.room().name().startsWith("team ")
                        && access.room().application().equals("workshop")
                ? Optional.empty()
                : Optional.of(Refusal.forbidden("no team"));
        try (AccessChainFixture chain =
                chain(AccessPolicy.builder().roomAccess(teams).build())) {
            assertThat(append(chain, ANN, "team 1")).isEqualTo("allowed");
            assertThat(read(chain, BEN, "team 1")).isEqualTo("allowed");
            assertThat(read(chain, BEN, "others")).isEqualTo("forbidden");
        }
    }

    @Test
    @Tag("EVT9")
    @DisplayName("[EVT9] rules of the collection lockstep-events decide on reads, subscriptions and appends")
    void collectionRules() {
        try (AccessChainFixture chain = chain(AccessPolicy.builder()
                .rules(rules().collection(StoreEvent.COLLECTION.value())
                        .on(Operation.READ, ALLOW)
                        .on(
                                Operation.APPEND,
                                access -> access.caller().subject().equals(Optional.of("ann"))))
                .build())) {
            assertThat(append(chain, ANN, "s")).isEqualTo("allowed");
            assertThat(read(chain, BEN, "s")).isEqualTo("allowed");
            assertThat(append(chain, BEN, "s")).isEqualTo("forbidden");
        }
    }

    @Test
    @Tag("EVT9")
    @DisplayName("[EVT9] a policy that requires authentication refuses anonymous callers before a store is created")
    void authentication() {
        try (AccessChainFixture chain =
                chain(AccessPolicy.builder().requireAuthentication().build())) {
            assertThat(read(chain, NOBODY, "s")).startsWith("UNAUTHENTICATED");
            assertThat(read(chain, ANN, "s")).isEqualTo("allowed");
            assertThat(read(chain, BEN, "s")).isEqualTo("forbidden");
        }
    }

    @Test
    @Tag("OPS14")
    @DisplayName("[OPS14] applied and refused pushes count once each, with the events that were appended")
    void metrics() {
        try (AccessChainFixture chain = chain(AccessPolicy.builder().build())) {
            append(chain, ANN, "of ann");
            append(chain, BEN, "of ann");
            read(chain, BEN, "of ann");

            ShownMetrics shown = ShownMetrics.of(chain.select(Metrics.class));
            assertThat(shown.value("lockstep_pushes{application=workshop, result=applied}"))
                    .isEqualTo(1);
            assertThat(shown.value("lockstep_pushes{application=workshop, result=FORBIDDEN}"))
                    .isEqualTo(1);
            assertThat(shown.value("lockstep_events{application=workshop}")).isEqualTo(1);
            assertThat(shown.value("lockstep_mutations{application=workshop, result=applied}"))
                    .isEqualTo(1);
            assertThat(shown.value("lockstep_refusals{application=workshop, code=FORBIDDEN}"))
                    .isEqualTo(2);
        }
    }
}
