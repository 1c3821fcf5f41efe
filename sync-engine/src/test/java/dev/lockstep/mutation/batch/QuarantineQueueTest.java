package dev.lockstep.mutation.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.access.chain.AccessChainFixture;
import dev.lockstep.api.Mutation;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.mutation.QueuedMutation;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class QuarantineQueueTest {
    private static final long NOW = System.nanoTime() + 1_000_000_000L;

    private final QuarantineQueue quarantine = new QuarantineQueue();

    private static QueuedMutation from(String client) {
        return new QueuedMutation(MutationFixture.in("p1").by(client, "1").deletesTask("a"), List.of());
    }

    private static QueuedMutation by(String user, MutationFixture asked) {
        Mutation any = asked.deletesTask("a");
        return new QueuedMutation(
                new Mutation(
                        AccessChainFixture.user(user),
                        any.room(),
                        any.operation(),
                        any.changes(),
                        any.scope(),
                        any.id()),
                List.of());
    }

    private static QueuedMutation inRoom(String room) {
        return new QueuedMutation(MutationFixture.in(room).deletesTask("a"), List.of());
    }

    @Test
    @Tag("MUT13")
    @DisplayName("[MUT13] mutations from the source of a fault are quarantined, for a limited time")
    void suspects() {
        quarantine.quarantine(from("bad"), NOW);

        assertThat(quarantine.isQuarantined(from("bad"), NOW)).isTrue();
        assertThat(quarantine.isQuarantined(from("good"), NOW)).isFalse();
        assertThat(quarantine.isQuarantined(from("bad"), NOW + QuarantineQueue.QUARANTINE_PERIOD.toNanos()))
                .isFalse();
    }

    @Test
    @Tag("MUT13")
    @DisplayName("[MUT13] without client ids the source is the caller in the room")
    void suspectsInRoom() {
        quarantine.quarantine(inRoom("p1"), NOW);

        assertThat(quarantine.isQuarantined(inRoom("p1"), NOW)).isTrue();
        assertThat(quarantine.isQuarantined(inRoom("p2"), NOW)).isFalse();
    }

    @Test
    @Tag("MUT13")
    @DisplayName(
            "[MUT13] a known caller cannot pose as another source: the source is the caller, whatever client and room")
    void suspectsCallers() {
        quarantine.quarantine(by("ann", MutationFixture.in("p1").by("c1", "1")), NOW);

        assertThat(quarantine.isQuarantined(by("ann", MutationFixture.in("p2").by("c2", "2")), NOW))
                .isTrue();
        assertThat(quarantine.isQuarantined(by("ann", MutationFixture.in("p2")), NOW))
                .isTrue();
        assertThat(quarantine.isQuarantined(by("ben", MutationFixture.in("p1").by("c1", "1")), NOW))
                .isFalse();
    }

    @Test
    @Tag("MUT13")
    @DisplayName("[MUT13] a quarantined mutation blocks its own client, and no other client of its caller")
    void otherClients() {
        quarantine.add(by("ann", MutationFixture.in("p1").by("c1", "1")));

        assertThat(quarantine.isQuarantined(by("ann", MutationFixture.in("p1").by("c1", "2")), NOW))
                .isTrue();
        assertThat(quarantine.isQuarantined(by("ann", MutationFixture.in("p1").by("c2", "1")), NOW))
                .isFalse();
    }

    @Test
    @Tag("MUT13")
    @DisplayName("[MUT13] no mutation overtakes a quarantined one of the same client")
    void keepsOrder() {
        quarantine.add(from("bad"));

        assertThat(quarantine.isQuarantined(from("bad"), NOW)).isTrue();
        quarantine.next(false, NOW);
        assertThat(quarantine.isQuarantined(from("bad"), NOW)).isFalse();
    }

    @Test
    @Tag("MUT13")
    @DisplayName("[MUT13] a mutation that waits for a lock blocks its own client, and no other in the room")
    void contended() {
        quarantine.addContended(inRoom("p1"));
        quarantine.addContended(from("c1"));

        assertThat(quarantine.isQuarantined(inRoom("p1"), NOW)).isFalse();
        assertThat(quarantine.isQuarantined(from("c1"), NOW)).isTrue();
    }

    @Test
    @Tag("MUT13")
    @DisplayName("[MUT13] while others wait, quarantined mutations get a fifth of the time")
    void share() {
        quarantine.add(from("bad"));
        quarantine.add(from("bad"));
        quarantine.add(from("bad"));
        assertThat(quarantine.next(true, NOW)).hasSize(1);

        quarantine.recordDuration(NOW, NOW + 10);

        assertThat(quarantine.next(true, NOW + 49)).isEmpty();
        assertThat(quarantine.next(true, NOW + 50)).isNotEmpty();
        quarantine.recordDuration(NOW + 50, NOW + 60);
        quarantine.add(from("bad"));
        assertThat(quarantine.next(false, NOW + 61)).isNotEmpty();
    }

    @Test
    @Tag("MUT13")
    @DisplayName("[MUT13] after successes more are tried at once; after a fault one again")
    void atOnce() {
        for (int i = 0; i < 20; i++) {
            quarantine.add(from("bad"));
        }

        assertThat(quarantine.next(false, NOW)).hasSize(1);
        assertThat(quarantine.next(false, NOW)).hasSize(2);
        assertThat(quarantine.next(false, NOW)).hasSize(4);
        quarantine.quarantine(from("bad"), NOW);
        assertThat(quarantine.next(false, NOW)).hasSize(1);
    }

    @Test
    @Tag("MUT13")
    @DisplayName("[MUT13] the number of quarantined mutations is bounded")
    void bounded() {
        for (int i = 0; i < QuarantineQueue.WAITING_MAX; i++) {
            assertThat(quarantine.add(from("bad"))).isTrue();
        }

        assertThat(quarantine.add(from("bad"))).isFalse();
    }
}
