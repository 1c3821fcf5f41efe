package dev.lockstep.access.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.access.GuardedMutations;
import dev.lockstep.access.policy.RuleInvoker;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.AccessRule;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.office.NoEntry;
import dev.lockstep.room.RoomContext;
import dev.lockstep.sample.ClosedRoomRule;
import dev.lockstep.sample.OncePerRoomRule;
import dev.lockstep.sample.RingCounter;
import dev.lockstep.sample.ThrowingRule;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AccessRulesTest {
    private final AccessChainFixture chain =
            AccessChainFixture.without(ClosedRoomRule.class, ThrowingRule.class, NoEntry.class);

    @AfterEach
    void close() {
        chain.close();
    }

    private static Mutation deletion(String application, String room) {
        return new Mutation(
                Caller.anonymous(application),
                new RoomId(application, room),
                Operation.DELETE,
                List.of(new Change.Delete(new CollectionName("tasks"), new EntityId("a"))),
                Optional.empty(),
                Optional.empty());
    }

    private void submit(Mutation mutation) {
        chain.select(GuardedMutations.class)
                .submit(mutation)
                .toCompletableFuture()
                .join();
    }

    private List<Mutation> passed() {
        return chain.select(AdmittedMutations.class).admitted();
    }

    private void assertRefused(Mutation mutation, Refusal refusal) {
        assertThatThrownBy(() -> submit(mutation))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        SyncException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
        assertThat(passed()).isEmpty();
    }

    @Test
    @Tag("ACC1")
    @DisplayName("[ACC1] a mutation that no rule refuses is applied")
    void passes() {
        Mutation mutation = deletion("workshop", "p1");
        submit(mutation);

        assertThat(passed()).containsExactly(mutation);
    }

    @Test
    @Tag("ACC1")
    @DisplayName("[ACC1] the first refusal in order of priority wins, and nothing is written")
    void firstRefusal() {
        assertRefused(deletion("workshop", "closed"), new Refusal(ErrorCode.UNAUTHENTICATED, "closed today"));
    }

    @Test
    @Tag("ACC2")
    @DisplayName("[ACC2] a rule is called for its own application only")
    void ownApplication() {
        assertRefused(deletion("office", "p1"), Refusal.forbidden("no entry to the office"));
    }

    @Test
    @Tag("ACC3")
    @DisplayName("[ACC3] a rule that throws refuses, and the exception's message is not disclosed")
    void throwing() {
        assertRefused(deletion("workshop", "p2"), Refusal.forbidden("Forbidden"));
    }

    @Test
    @Tag("ACC3")
    @DisplayName("[ACC3] a refusal that a rule throws is the answer")
    void throwingARefusal() {
        AccessRule closed = access -> {
            throw new SyncException(ErrorCode.UNAVAILABLE, "back at noon");
        };
        RuleInvoker ruleInvoker = chain.select(RuleInvoker.class);
        Mutation mutation = deletion("workshop", "p1");

        assertThat(ruleInvoker.invoke(mutation, () -> closed.refuses(mutation)))
                .contains(new Refusal(ErrorCode.UNAVAILABLE, "back at noon"));
    }

    @Test
    @Tag("ACC3")
    @DisplayName("[ACC3] a rule that fails on an unavailable database refuses as retryable")
    void databaseAway() {
        RuleInvoker ruleInvoker = chain.select(RuleInvoker.class);
        Mutation mutation = deletion("workshop", "p1");

        assertThat(ruleInvoker.invoke(mutation, () -> {
                    throw new TransactionFailed(new SQLException("as the test wants it"));
                }))
                .contains(DatabaseFailures.UNAVAILABLE);
        assertThat(ruleInvoker.invoke(mutation, () -> {
                    throw new IllegalStateException("its own query", new SQLException("connection lost", "08006"));
                }))
                .as("[OPS8][CS4] never FORBIDDEN")
                .contains(DatabaseFailures.UNAVAILABLE);
    }

    @Test
    @Tag("ROOM6")
    @DisplayName("[ROOM6] a rule may use the beans of the room of its request")
    void roomBeans() {
        try (AccessChainFixture bell = AccessChainFixture.without(OncePerRoomRule.class, RingCounter.class)) {
            GuardedMutations mutations = bell.select(GuardedMutations.class);
            Mutation mutation = deletion("workshop", "p1");
            mutations.submit(mutation).toCompletableFuture().join();
            bell.select(RoomContext.class).in(mutation.room(), () -> {
                mutations.submit(mutation).toCompletableFuture().join();
                assertThat(mutations.submit(mutation).toCompletableFuture()).isCompletedExceptionally();
                return mutation;
            });

            assertThat(bell.select(AdmittedMutations.class).admitted()).hasSize(2);
        }
    }

    @Test
    @Tag("ACC2")
    @DisplayName("[ACC2] a rule without an application is a misconfiguration; the message names the cure")
    void ofNoApplication() {
        try (AccessChainFixture stray = AccessChainFixture.without(RuleOfNoApplication.class)) {
            GuardedMutations mutations = stray.select(GuardedMutations.class);
            assertThatThrownBy(() -> mutations
                            .submit(deletion("workshop", "p1"))
                            .toCompletableFuture()
                            .join())
                    .hasStackTraceContaining(RuleOfNoApplication.class.getName() + " belongs to no application:"
                            + " annotate its package, in package-info.java, with");
        }
    }
}
