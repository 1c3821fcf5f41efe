package dev.lockstep.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.wire.socket.JoinedNode.RecordedSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sockets that join with a cursor while others write. {@code -Dlockstep.joining.seed} repeats one order, {@code
 * -Dlockstep.joining.rounds} runs this many, without a time limit.
 */
class JoiningTest {
    private static final String SEED = "lockstep.joining.seed";
    private static final String ROUNDS = "lockstep.joining.rounds";
    private static final int JOINS = 20;
    private static final int COMMITS = 30;
    private static final int SEEDED_ROUNDS = 300;
    private static final int THREADED_ROUNDS = 100;
    private static final int WAIT_SECONDS_MAX = 20;

    /** Longest distance of a cursor from the head, in commits. */
    private static final int BEHIND_MAX = 10;

    private static long cursor(JoinedNode node, Random random) {
        long head = node.head();
        return head - random.nextLong(Math.min(head, BEHIND_MAX) + 1);
    }

    private static void assertEachCommitOnce(List<RecordedSocket> sockets, long head) {
        for (RecordedSocket socket : sockets) {
            assertThat(socket.commits()).isEqualTo(socket.expected(head));
            assertThat(socket.hasCaughtUp()).isTrue();
        }
    }

    private static void runSeeded(long seed) {
        Random random = new Random(seed);
        SeededThreads threads = new SeededThreads(random);
        JoinedNode node = new JoinedNode(
                new JoinedNode.Threads(threads.thread(), threads.thread(), threads.thread(), threads::preempt),
                1 + random.nextInt(8));
        List<RecordedSocket> sockets = new ArrayList<>();
        int commits = 0;
        while (commits < COMMITS || sockets.size() < JOINS) {
            if (commits < COMMITS && (sockets.size() == JOINS || random.nextInt(JOINS + COMMITS) < COMMITS)) {
                node.commit();
                commits++;
            } else {
                sockets.add(node.join(cursor(node, random)));
            }
            threads.preempt();
        }
        threads.runAll();
        assertEachCommitOnce(sockets, node.head());
    }

    @Test
    @Tag("ROOM1")
    @Tag("WIRE4")
    @DisplayName("[ROOM1][WIRE4] in any order of the steps, a joining socket receives each commit once, in order")
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

    @Test
    @Tag("ROOM1")
    @Tag("WIRE4")
    @DisplayName("[ROOM1][WIRE4] sockets that join on several threads receive each commit once, in order")
    void threads() throws Exception {
        ExecutorService publisher = threads(1);
        ExecutorService readers = threads(2);
        ExecutorService writer = threads(1);
        ExecutorService clients = threads(1);
        try {
            for (int i = Integer.getInteger(ROUNDS, THREADED_ROUNDS); i > 0; i--) {
                JoinedNode node = new JoinedNode(
                        new JoinedNode.Threads(publisher, readers, writer, Thread::onSpinWait), 1 + i % 16);
                Callable<List<RecordedSocket>> joining = () -> joined(node);
                Future<List<RecordedSocket>> sockets = clients.submit(joining);
                for (int commit = 0; commit < COMMITS; commit++) {
                    node.commit();
                }
                assertAllIsSent(sockets.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS), COMMITS);
            }
        } finally {
            List.of(publisher, readers, writer, clients).forEach(ExecutorService::shutdownNow);
        }
    }

    /** Threads that drop tasks after the end of the test. */
    private static ExecutorService threads(int count) {
        return new ThreadPoolExecutor(
                count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new ThreadPoolExecutor.DiscardPolicy());
    }

    private static List<RecordedSocket> joined(JoinedNode node) {
        Random random = new Random();
        List<RecordedSocket> sockets = new ArrayList<>();
        for (int i = 0; i < JOINS; i++) {
            sockets.add(node.join(cursor(node, random)));
        }
        return sockets;
    }

    private static void assertAllIsSent(List<RecordedSocket> sockets, long head) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        for (RecordedSocket socket : sockets) {
            socket.awaitFrames(socket.expected(head).size() + 1, deadline); // and that it has caught up
        }
        assertEachCommitOnce(sockets, head);
    }
}
