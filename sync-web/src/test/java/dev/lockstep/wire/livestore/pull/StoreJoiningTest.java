package dev.lockstep.wire.livestore.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.wire.livestore.pull.StoreNode.LiveClient;
import dev.lockstep.wire.socket.SeededThreads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Live pulls that begin while others push. {@code -Dlockstep.joining.seed} repeats one order, {@code
 * -Dlockstep.joining.rounds} runs this many, without a time limit.
 */
class StoreJoiningTest {
    private static final String SEED = "lockstep.joining.seed";
    private static final String ROUNDS = "lockstep.joining.rounds";
    private static final int PULLS = 12;
    private static final int PUSHES = 30;
    private static final int SEEDED_ROUNDS = 400;

    private static void runSeeded(long seed) {
        Random random = new Random(seed);
        SeededThreads threads = new SeededThreads(random);
        boolean hasLargePages = random.nextInt(4) == 0;
        StoreNode node = new StoreNode(
                new StoreNode.Threads(
                        threads.thread(), threads.thread(), threads.thread(), threads.thread(), threads::preempt),
                1 + random.nextInt(8),
                hasLargePages ? 250 : 1 + random.nextInt(4));
        int largest = hasLargePages ? 120 : 4;
        node.push(1 + random.nextInt(10 * largest));
        List<LiveClient> clients = new ArrayList<>();
        int pushes = 0;
        while (pushes < PUSHES || clients.size() < PULLS) {
            if (pushes < PUSHES && (clients.size() == PULLS || random.nextInt(PULLS + PUSHES) < PUSHES)) {
                if (random.nextInt(10) == 0 && pushes < PUSHES - 1) {
                    node.pushUnnoticed(1 + random.nextInt(largest));
                } else if (random.nextInt(10) == 0) {
                    node.importEvents(1 + random.nextInt(largest));
                } else {
                    node.push(1 + random.nextInt(largest));
                }
                pushes++;
            } else {
                clients.add(node.pull(random.nextLong(node.head() + 1)));
            }
            threads.preempt();
        }
        threads.runAll();
        for (LiveClient client : clients) {
            assertThat(client.closed()).isEmpty();
            assertThat(client.numbers()).isEqualTo(client.expected(node.head()));
            assertThat(client.overtaken()).isZero();
            assertThat(client.chunks()).isNotEmpty();
            assertThat(client.chunks().getLast()).contains("\"pageInfo\":{\"_tag\":\"NoMore\"}");
        }
    }

    @Test
    @Tag("LS5")
    @Tag("LS6")
    @DisplayName("[LS5][LS6] in any order of the steps, a live pull receives each event once, in order, backlog first")
    void anyOrder() {
        Long given = Long.getLong(SEED);
        long first = given == null ? System.nanoTime() : given;
        int rounds = given == null ? Integer.getInteger(ROUNDS, SEEDED_ROUNDS) : 1;
        for (long seed = first; seed < first + rounds; seed++) {
            try {
                runSeeded(seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("failed with -D" + SEED + "=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** A node without threads, whose clients acknowledge when the test says so. */
    private static StoreNode node(int commitsMax, int pageEventsMax) {
        Executor never = task -> {};
        return new StoreNode(
                new StoreNode.Threads(Runnable::run, Runnable::run, Runnable::run, never, () -> {}),
                commitsMax,
                pageEventsMax);
    }

    @Test
    @Tag("LS5")
    @DisplayName("[LS5] the first answer is a chunk, also of an empty store and after the last event")
    void empty() {
        StoreNode node = node(10, 10);
        String nothing = "{\"_tag\":\"Chunk\",\"requestId\":\"7\",\"values\":[{\"batch\":[],"
                + "\"pageInfo\":{\"_tag\":\"NoMore\"},\"backendId\":\"backend\"}]}";
        assertThat(node.pull(0).chunks()).containsExactly(nothing);
        node.push(3);
        assertThat(node.pull(3).chunks()).containsExactly(nothing);
        assertThat(node.pull(9999).chunks()).containsExactly(nothing);
    }

    @Test
    @Tag("LS5")
    @DisplayName(
            "[LS5] a page has at most 100 events and follows the acknowledgement of the one before; live chunks wait for none")
    void pacing() {
        StoreNode node = node(10, 1_000);
        node.push(250);
        LiveClient client = node.pull(0);
        node.push(1);
        assertThat(client.numbers()).hasSize(100);
        assertThat(client.chunks().getFirst()).contains("{\"_tag\":\"MoreKnown\",\"remaining\":150}");
        client.acknowledge();
        client.acknowledge(); // of a live chunk of before, perhaps: it announces nothing
        assertThat(client.numbers()).hasSize(251);
        node.push(2);
        node.push(1);
        assertThat(client.numbers()).isEqualTo(client.expected(254));
        assertThat(client.chunks()).hasSize(6);
    }

    @Test
    @Tag("LS6")
    @DisplayName("[LS6] a commit that does not follow the last event makes the pull read pages again")
    void gap() {
        StoreNode node = node(10, 10);
        node.push(2);
        LiveClient client = node.pull(0);
        node.pushUnnoticed(3);
        assertThat(client.numbers()).hasSize(2);
        node.push(1);
        assertThat(client.numbers()).isEqualTo(client.expected(6));
    }

    @Test
    @Tag("EVT12")
    @DisplayName("[EVT12] live pulls read the events of an import from pages, with their times")
    void imports() {
        StoreNode node = node(10, 10);
        node.push(2);
        LiveClient client = node.pull(0);
        node.importEvents(3);
        assertThat(client.numbers()).isEqualTo(client.expected(5));
        node.push(1);
        assertThat(client.numbers()).isEqualTo(client.expected(6));
        assertThat(client.chunks()).hasSize(3);
    }

    @Test
    @Tag("LS6")
    @DisplayName("[LS6] a pull that fell off the ring joins again, and continues with pages")
    void fellBehind() {
        Deque<Runnable> writes = new ArrayDeque<>();
        Executor never = task -> {};
        StoreNode node =
                new StoreNode(new StoreNode.Threads(Runnable::run, Runnable::run, writes::add, never, () -> {}), 2, 10);
        LiveClient client = node.pull(0);
        runAll(writes);
        for (int i = 0; i < 20; i++) {
            node.push(1); // meanwhile the client does not read
        }
        runAll(writes);
        client.acknowledge();
        runAll(writes);
        assertThat(client.numbers()).isEqualTo(client.expected(20));
    }

    private static void runAll(Deque<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    @Tag("LS7")
    @DisplayName("[LS7] a reset closes the socket")
    void reset() {
        StoreNode node = node(10, 10);
        node.push(2);
        LiveClient client = node.pull(0);
        node.reset();
        assertThat(client.closed()).hasSize(1);
        assertThat(client.numbers()).hasSize(2);
    }
}
