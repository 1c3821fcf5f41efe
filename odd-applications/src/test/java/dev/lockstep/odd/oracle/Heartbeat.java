package dev.lockstep.odd.oracle;

import dev.lockstep.odd.deployed.OddServer;
import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes to rooms of its own, at a steady rate: each write must be answered in time, whatever happens in other rooms.
 */
public final class Heartbeat implements AutoCloseable {
    /** Time limit of an answer. A mutation that is permanently refused must not delay others at all. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private static final String BEATS = "/api/steady/beats";
    private static final String SLOTS = "/api/steady/slots";
    private static final Duration EVERY = Duration.ofMillis(200);

    private final List<String> late = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean ended;

    /** Begins to write after a first write to each room, so that one-time work of the server does not count. */
    public Heartbeat(OddServer server) {
        Api beats = new Api(server.application("odd-heartbeat"));
        Api slots = new Api(server.application("odd-constraints"));
        write(beats, BEATS, 0);
        write(slots, SLOTS, 0);
        late.clear();
        thread = Thread.ofPlatform().name("heartbeat").start(() -> {
            for (int number = 1; !ended; number++) {
                write(beats, BEATS, number);
                write(slots, SLOTS, number);
                LockSupport.parkNanos(EVERY.toNanos());
            }
        });
    }

    private void write(Api api, String path, int number) {
        long start = System.nanoTime();
        try {
            Answer answer = api.post(path, "{\"number\":" + number + ",\"position\":" + number + "}");
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (answer.status() != 200 || took.compareTo(ANSWER_MAX) > 0) {
                late.add("a write to " + path + " took " + took.toMillis() + " ms: " + answer);
            }
        } catch (UncheckedIOException e) {
            if (!ended) {
                late.add("a write to " + path + " had no answer: " + e.getCause());
            }
        }
    }

    /** The writes since the last call that were not answered in time. */
    public List<String> late() {
        List<String> found = List.copyOf(late);
        late.removeAll(found);
        return found;
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
