package dev.lockstep.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PacedTurnsTest {
    private static final Duration PACE = Duration.ofMillis(16);

    private final Queue<Runnable> now = new ArrayDeque<>();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final WritingTurns thread = new WritingTurns(now::add, later::add);
    private final List<String> taken = new ArrayList<>();
    private long nanos = Long.MAX_VALUE - 5; // they may overflow

    private PacedTurns socket(Duration pace) {
        return new PacedTurns(thread, pace, () -> nanos);
    }

    private void write(PacedTurns socket, String name) {
        socket.add(() -> {
            taken.add(name);
            socket.wrote();
        });
    }

    private static void run(Queue<Runnable> tasks) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    @DisplayName("[WIRE7] a socket that was quiet is written at once, also again after the pace")
    void quiet() {
        PacedTurns socket = socket(PACE);
        write(socket, "first");
        run(now);
        nanos += PACE.toNanos();
        write(socket, "second");
        run(now);

        assertThat(taken).containsExactly("first", "second");
        assertThat(later).isEmpty();
    }

    @Test
    @DisplayName("[WIRE7] sockets that wrote just now are written together, after the pace")
    void busy() {
        PacedTurns a = socket(PACE);
        PacedTurns b = socket(PACE);
        write(a, "a");
        write(b, "b");
        run(now);
        nanos += PACE.toNanos() - 1;
        write(a, "a again");
        write(b, "b again");
        run(now);
        assertThat(taken).containsExactly("a", "b");
        assertThat(later).hasSize(1);

        run(later);
        run(now);
        assertThat(taken).containsExactly("a", "b", "a again", "b again");
        nanos += PACE.toNanos() - 1;
        write(a, "a once more");
        assertThat(later).hasSize(1);
    }

    @Test
    @DisplayName("[WIRE7] who is in a hurry does not wait, and is not written twice for it")
    void hurried() {
        PacedTurns socket = socket(PACE);
        write(socket, "first");
        run(now);
        write(socket, "second");
        socket.hurry();
        run(now);
        assertThat(taken).containsExactly("first", "second");

        run(later);
        run(now);
        socket.hurry();
        run(now);
        assertThat(taken).containsExactly("first", "second");
    }

    @Test
    @DisplayName("[WIRE7] without a pace everything is written at once")
    void unpaced() {
        PacedTurns socket = socket(Duration.ZERO);
        write(socket, "first");
        write(socket, "second");
        run(now);

        assertThat(taken).containsExactly("first", "second");
    }
}
