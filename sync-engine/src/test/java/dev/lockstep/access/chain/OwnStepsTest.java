package dev.lockstep.access.chain;

import static dev.lockstep.api.access.CollectionRules.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.api.Access;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.AccessOrder;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.Guarded;
import dev.lockstep.sample.ContextRule;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Interceptors of an application in the access chain, and the context that they share. */
class OwnStepsTest {
    private static final Caller ANN = AccessChainFixture.user("ann");

    /** A role, as an application may define one. */
    public record Role(String name) {}

    /** Runs before access, and finds the role. */
    @Guarded
    @Interceptor
    @Priority(AccessOrder.AUTHENTICATED - 1)
    public static class Before {
        @Inject
        private StepRecorder steps;

        @AroundInvoke
        Object around(InvocationContext invocation) throws Exception {
            Access access = (Access) invocation.getParameters()[0];
            steps.record("before " + access.operation());
            access.context().put(Role.class, new Role(access.caller().subject().orElse("nobody") + "'s role"));
            return invocation.proceed();
        }
    }

    /** Runs after access. */
    @Guarded
    @Interceptor
    @Priority(AccessOrder.RULES + 1)
    public static class After {
        @Inject
        private StepRecorder steps;

        @AroundInvoke
        Object around(InvocationContext invocation) throws Exception {
            Access access = (Access) invocation.getParameters()[0];
            steps.record(
                    "after, " + access.context().get(Role.class).orElseThrow().name());
            return invocation.proceed();
        }
    }

    /** Returns a result without proceeding. */
    @Guarded
    @Interceptor
    @Priority(AccessOrder.ROOM + 1)
    public static class Silent {
        @AroundInvoke
        Object around(InvocationContext invocation) {
            return CompletableFuture.completedStage(new MutationResult.Applied(Seq.START, List.of()));
        }
    }

    /** Refuses by an exception. */
    @Guarded
    @Interceptor
    @Priority(AccessOrder.RULES + 1)
    public static class Thrower {
        @AroundInvoke
        Object around(InvocationContext invocation) {
            throw new SyncException(Refusal.forbidden("thrown"));
        }
    }

    private static AccessPolicy asksForRoles() {
        return AccessPolicy.builder()
                .requireAuthentication()
                .rules(rules().collection("tasks")
                        .otherwise(access -> access.context()
                                .get(Role.class)
                                .filter(role -> role.name().equals("ann's role"))
                                .isPresent()))
                .build();
    }

    @Test
    @Tag("ACC13")
    @DisplayName("[ACC13] interceptors before access fill the context; policy, rules and later interceptors read it")
    void beforeAndAfter() {
        try (AccessChainFixture chain = AccessChainFixture.under(
                asksForRoles(), Before.class, After.class, ContextRule.class, StepRecorder.class)) {
            assertThat(chain.refusalText(Request.by(ANN).of(Operation.UPDATE, "tasks")))
                    .isEqualTo("done");
            assertThat(chain.select(StepRecorder.class).steps()).containsExactly("before UPDATE", "after, ann's role");
        }
    }

    @Test
    @Tag("ACC13")
    @DisplayName("[ACC13] interceptors before a refusal have run; those after it are not called")
    void refused() {
        try (AccessChainFixture chain = AccessChainFixture.under(
                asksForRoles(), Before.class, After.class, ContextRule.class, StepRecorder.class)) {
            assertThat(chain.refusalText(Request.anonymous().of(Operation.UPDATE, "tasks")))
                    .isEqualTo("401 Unauthorized");
            assertThat(chain.refusalText(
                            Request.by(AccessChainFixture.user("ben")).of(Operation.UPDATE, "tasks")))
                    .isEqualTo("403 Forbidden: update on collection \"tasks\"");
            assertThat(chain.select(StepRecorder.class).steps()).containsExactly("before UPDATE", "before UPDATE");
            assertThat(chain.select(AdmittedMutations.class).admitted()).isEmpty();
        }
    }

    @Test
    @Tag("ACC4")
    @DisplayName("[ACC4] a mutation that an interceptor stops is not written, and later steps are not skipped (W7)")
    void notProceeding() {
        try (AccessChainFixture chain = AccessChainFixture.under(asksForRoles(), Silent.class)) {
            assertThat(chain.refusalText(Request.by(ANN).of(Operation.UPDATE, "tasks")))
                    .isEqualTo("done");
            assertThat(chain.select(AdmittedMutations.class).admitted()).isEmpty();
        }
    }

    @Test
    @Tag("ACC13")
    @DisplayName("[ACC13] an interceptor may refuse by an exception, which counts as a refusal")
    void throwing() {
        try (AccessChainFixture chain = AccessChainFixture.without(Thrower.class)) {
            assertThat(chain.refusalText(Request.by(ANN).of(Operation.UPDATE, "tasks")))
                    .isEqualTo("403 thrown");
        }
    }

    @Test
    @Tag("ACC13")
    @DisplayName("[ACC13] a context belongs to one request or one session")
    void contexts() {
        Mutation one = Request.by(ANN).of(Operation.UPDATE, "tasks");
        Mutation two = Request.by(ANN).of(Operation.UPDATE, "tasks");
        one.context().put(Role.class, new Role("admin"));

        assertThat(one.withConditions(List.of()).context().get(Role.class)).contains(new Role("admin"));
        assertThat(two.context().get(Role.class)).isEmpty();
        assertThat(two.context().get(Role.class, () -> new Role("made"))).isEqualTo(new Role("made"));
        assertThat(two.context().get(Role.class, () -> new Role("again"))).isEqualTo(new Role("made"));
        assertThat(one.context()).isNotEqualTo(two.context()).isNotEqualTo(new AccessContext());
    }

    @Test
    @Tag("ACC13")
    @DisplayName("[ACC13] a session's context stays with a subscription that continues with fewer collections")
    void ofASession() {
        AccessContext session = new AccessContext();
        try (AccessChainFixture chain = AccessChainFixture.under(asksForRoles(), Before.class, StepRecorder.class)) {
            RoomAccessRequest requested = CollectionRulesTest.subscribing("tasks", "tools");
            RoomAccessRequest subscribing = new RoomAccessRequest(
                    requested.caller(), requested.room(), requested.operation(), requested.collections(), session);
            assertThat(chain.select(AdmittedReads.class)
                            .view(subscribing)
                            .toCompletableFuture()
                            .join())
                    .hasSize(1);
            assertThat(session.get(Role.class)).contains(new Role("ann's role"));
        }
    }
}
