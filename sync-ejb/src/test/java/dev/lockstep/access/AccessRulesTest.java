package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.lockstep.office.NoEntry;
import dev.lockstep.room.RoomContext;
import dev.lockstep.room.RoomScopeExtension;
import dev.lockstep.workshop.Brittle;
import dev.lockstep.workshop.Closed;
import dev.lockstep.workshop.Doorbell;
import dev.lockstep.workshop.Impatient;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AccessRulesTest {
    private final SeContainer container = container(Closed.class, Brittle.class, NoEntry.class);

    private static SeContainer container(Class<?>... rules) {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(
                        GuardedMutations.class,
                        AccessRulesInterceptor.class,
                        ApplicationRules.class,
                        AskedMutations.class)
                .addExtensions(new RoomScopeExtension())
                .addBeanClasses(rules)
                .initialize();
    }

    @AfterEach
    void close() {
        container.close();
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
        container
                .select(GuardedMutations.class)
                .get()
                .submit(mutation)
                .toCompletableFuture()
                .join();
    }

    private List<Mutation> passed() {
        return container.select(AskedMutations.class).get().asked();
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
    @DisplayName("[ACC1] what no rule refuses goes through")
    void passes() {
        Mutation mutation = deletion("workshop", "p1");
        submit(mutation);

        assertThat(passed()).containsExactly(mutation);
    }

    @Test
    @DisplayName("[ACC1] the first refusal in order of priority wins, and nothing is done")
    void firstRefusal() {
        assertRefused(deletion("workshop", "closed"), new Refusal(ErrorCode.UNAUTHENTICATED, "closed today"));
    }

    @Test
    @DisplayName("[ACC2] a rule is asked for its own application only")
    void ownApplication() {
        assertRefused(deletion("office", "p1"), Refusal.forbidden("no entry to the office"));
    }

    @Test
    @DisplayName("[ACC3] a rule that throws refuses, and its words stay inside")
    void throwing() {
        assertRefused(deletion("workshop", "p2"), Refusal.forbidden("Forbidden"));
    }

    @Test
    @DisplayName("[ROOM6] a rule may use the beans of the room it is asked for")
    void roomBeans() {
        try (SeContainer bell = container(Impatient.class, Doorbell.class)) {
            GuardedMutations mutations = bell.select(GuardedMutations.class).get();
            Mutation mutation = deletion("workshop", "p1");
            mutations.submit(mutation).toCompletableFuture().join();
            bell.select(RoomContext.class).get().in(mutation.room(), () -> {
                mutations.submit(mutation).toCompletableFuture().join();
                assertThat(mutations.submit(mutation).toCompletableFuture()).isCompletedExceptionally();
                return mutation;
            });

            assertThat(bell.select(AskedMutations.class).get().asked()).hasSize(2);
        }
    }

    @Test
    @DisplayName("[ACC2] a rule of no application is a misconfiguration that names the cure")
    void ofNoApplication() {
        try (SeContainer stray = container(StrayRule.class)) {
            GuardedMutations mutations = stray.select(GuardedMutations.class).get();
            assertThatThrownBy(() -> mutations.submit(deletion("workshop", "p1")))
                    .hasStackTraceContaining(StrayRule.class.getName() + " is an AccessRule of no application:"
                            + " annotate its package, in package-info.java, with");
        }
    }
}
