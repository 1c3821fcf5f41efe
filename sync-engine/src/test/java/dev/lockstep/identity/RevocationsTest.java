package dev.lockstep.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Revocations on two nodes. */
@OnEveryDatabase
class RevocationsTest {
    private static final int RACES = 20;
    private static final int WAIT_SECONDS_MAX = 30;
    private static final Instant START = Instant.parse("2026-03-01T10:00:00.500Z");
    private static final Caller ALICE = caller("workshop", "alice");

    private final TestDatabase database;
    private Instant now = START;
    private Revocations here;
    private Revocations there;

    RevocationsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    private static Caller caller(String application, String subject) {
        return new Caller(application, Optional.of(subject), Map.of(), Optional.empty());
    }

    private Revocations node() {
        return new Revocations(database.transactions(), () -> now, Runnable::run);
    }

    @BeforeEach
    void empty() {
        here = node();
        there = node();
        there.refresh();
    }

    @Test
    @Tag("ID11")
    @DisplayName(
            "[ID11] credentials issued before a revocation are refused, those from the next second on are accepted")
    void revoked() {
        here.revoked("workshop", "alice");

        assertThat(here.has(ALICE, START)).isTrue();
        assertThat(here.has(ALICE, Instant.parse("2026-03-01T10:00:00Z"))).isTrue();
        assertThat(here.has(ALICE, Instant.parse("2026-03-01T10:00:01Z"))).isFalse();
        assertThat(here.has(caller("workshop", "bob"), START)).isFalse();
        assertThat(here.has(caller("office", "alice"), START)).isFalse();
        assertThat(here.has(Caller.anonymous("workshop"), START)).isFalse();
    }

    @Test
    @Tag("ID11")
    @DisplayName("[ID11] other nodes find a revocation by polling, also with a clock ahead; a new node knows it")
    void otherNodes() {
        now = START.plusSeconds(30);
        there.revoked("workshop", "bob");
        there.refresh();
        now = START;
        here.revoked("workshop", "alice");
        assertThat(there.has(ALICE, START)).isFalse();
        there.refresh();
        Revocations restarted = node();
        restarted.refresh();

        assertThat(there.has(ALICE, START)).isTrue();
        assertThat(restarted.has(ALICE, START)).isTrue();
    }

    @Test
    @Tag("ID11")
    @DisplayName("[ID11] the last revocation counts, whatever order they arrive in")
    void again() {
        now = START.plusSeconds(10);
        here.revoked("workshop", "alice");
        now = START;
        here.revoked("workshop", "alice");
        there.refresh();

        assertThat(here.has(ALICE, START.plusSeconds(10))).isTrue();
        assertThat(there.has(ALICE, START.plusSeconds(10))).isTrue();
    }

    @Test
    @Tag("ID11")
    @DisplayName("[ID11] listeners receive new revocations of this node and of others, and nothing else")
    void listeners() {
        AtomicInteger receivedHere = new AtomicInteger();
        AtomicInteger receivedThere = new AtomicInteger();
        here.listen(receivedHere::incrementAndGet);
        there.listen(receivedThere::incrementAndGet);
        here.revoked("workshop", "alice");
        there.refresh();
        there.refresh();

        assertThat(receivedHere).hasValue(1);
        assertThat(receivedThere).hasValue(1);
    }

    @Test
    @Tag("ID11")
    @DisplayName(
            "[ID11] a bounded number of users is in memory; older tokens of other users are looked up, also after a restart")
    void bounded() {
        int most = 20;
        Revocations node = new Revocations(database.transactions(), () -> now, Runnable::run, most);
        for (int i = 0; i < 3 * most; i++) {
            now = START.plusSeconds(i);
            node.revoked("workshop", "user-" + i);
            assertThat(node.inMemory()).isLessThanOrEqualTo(most);
        }
        Revocations restarted = new Revocations(database.transactions(), () -> now, Runnable::run, most);
        restarted.refresh();
        assertThat(restarted.inMemory()).isLessThanOrEqualTo(most);
        for (Revocations each : List.of(node, restarted)) {
            for (int i = 0; i < 3 * most; i++) {
                Caller user = caller("workshop", "user-" + i);
                assertThat(each.has(user, START.plusSeconds(i))).as("%d", i).isTrue();
                assertThat(each.has(user, Instant.EPOCH))
                        .as("%d, without a time", i)
                        .isTrue();
                assertThat(each.has(user, START.plusSeconds(i + 1)))
                        .as("%d, later", i)
                        .isFalse();
            }
            assertThat(each.has(caller("workshop", "never"), Instant.EPOCH)).isFalse();
        }
    }

    @Test
    @Tag("ID11")
    @DisplayName("[ID11] a user revoked after a lookup is known as revoked at once, also beyond the memory")
    void revokedAfterLookup() {
        int most = 20;
        Revocations node = new Revocations(database.transactions(), () -> now, Runnable::run, most);
        for (int i = 0; i < 2 * most; i++) {
            node.revoked("workshop", "before-" + i);
        }
        assertThat(node.has(ALICE, Instant.EPOCH)).isFalse();
        now = START.plusSeconds(1);
        node.revoked("workshop", "alice");
        assertThat(node.has(ALICE, Instant.EPOCH)).isTrue();
        assertThat(node.hasSince(ALICE, Instant.EPOCH)).isTrue();
        for (int i = 0; i < 2 * most; i++) {
            now = START.plusSeconds(2 + i);
            node.revoked("workshop", "after-" + i);
        }
        assertThat(node.has(ALICE, START)).isTrue();
    }

    @Test
    @Tag("ID11")
    @DisplayName("[ID11] two nodes may revoke one user at the same time")
    void race() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < RACES; i++) {
                String subject = "user-" + i;
                CyclicBarrier together = new CyclicBarrier(2);
                List<? extends Future<?>> both = Stream.of(here, there)
                        .map(node -> threads.submit(() -> {
                            together.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
                            node.revoked("workshop", subject);
                            return subject;
                        }))
                        .toList();
                for (Future<?> each : both) {
                    each.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
                }
                assertThat(here.has(caller("workshop", subject), START)).isTrue();
            }
        }
    }
}
