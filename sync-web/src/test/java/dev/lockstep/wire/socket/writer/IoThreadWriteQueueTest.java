package dev.lockstep.wire.socket.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class IoThreadWriteQueueTest {
    private final Queue<Runnable> thread = new ArrayDeque<>();
    private final IoThreadWriteQueue turns =
            new IoThreadWriteQueue(thread::add, (task, nanos) -> thread.add(task), () -> 0);
    private final List<Integer> taken = new ArrayList<>();

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            int turn = i;
            turns.add(() -> taken.add(turn));
        }
    }

    @Test
    @Tag("WIRE3")
    @DisplayName("[WIRE3] the sessions of an I/O thread that have something to write wake it once")
    void wokenOnce() {
        add(100);
        assertThat(thread).hasSize(1);
        assertThat(taken).isEmpty();
        thread.remove().run();

        assertThat(taken).hasSize(100).isSorted();
        assertThat(thread).isEmpty();
    }

    @Test
    @Tag("WIRE3")
    @DisplayName("[WIRE3] a session that is added while others are written is not forgotten")
    void meanwhile() {
        turns.add(() -> add(1));
        while (!thread.isEmpty()) {
            thread.remove().run();
        }

        assertThat(taken).containsExactly(0);
    }

    @Test
    @Tag("WIRE3")
    @DisplayName("[WIRE3] after 256 writes the I/O thread gets to its other work first")
    void inPortions() {
        add(IoThreadWriteQueue.WRITES_MAX + 1);
        thread.remove().run();
        assertThat(taken).hasSize(IoThreadWriteQueue.WRITES_MAX);
        thread.remove().run();

        assertThat(taken).hasSize(IoThreadWriteQueue.WRITES_MAX + 1);
    }

    @Test
    @Tag("WIRE3")
    @DisplayName("[WIRE3] a session's fault does not affect the other sessions")
    void fault() {
        turns.add(() -> {
            throw new IllegalStateException("as the test wants it");
        });
        add(1);
        thread.remove().run();

        assertThat(taken).containsExactly(0);
    }
}
